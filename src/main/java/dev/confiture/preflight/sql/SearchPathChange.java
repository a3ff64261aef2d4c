package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.SearchPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The schemas that a statement puts on the search path: {@code SET search_path TO …}, {@code
 * set_config('search_path', …)}, {@code ALTER ROLE … SET search_path}, a function's own.
 */
public final class SearchPathChange {

  private static final String SETTING = "search_path";

  private SearchPathChange() {}

  /** Returns the schemas, in order; none where the statement sets no search path. */
  public static List<String> of(Statement statement) {
    List<String> schemas = new ArrayList<>();
    List<Token> tokens = statement.tokens();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).is(SETTING)
          && (tokens.get(i + 1).is("to") || tokens.get(i + 1).text().equals("="))) {
        listed(tokens, i + 2, schemas);
      } else if (tokens.get(i).isString(SETTING)
          && tokens.get(i + 1).isMark(",")
          && tokens.get(i + 2).kind() == Token.Kind.STRING) {
        schemas.addAll(SearchPath.list(tokens.get(i + 2).stringValue()));
      }
    }
    return schemas;
  }

  private static void listed(List<Token> tokens, int from, List<String> schemas) {
    for (int i = from; i < tokens.size(); i += 2) {
      Token schema = tokens.get(i);
      schemas.add(schema.kind() == Token.Kind.STRING ? schema.stringValue() : schema.identifier());
      if (i + 1 >= tokens.size() || !tokens.get(i + 1).isMark(",")) {
        return;
      }
    }
  }
}
