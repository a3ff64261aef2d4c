package dev.confiture.preflight.source;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Removes the secrets that a superuser's dump holds, before any of it is written or shown.
 *
 * <p>Secrets are all values of user mappings and subscriptions, and the options of foreign servers
 * and tables whose names tell of one.
 */
final class DumpSecrets {

  private static final Pattern SECRET =
      Pattern.compile("secret|passw|pwd|token|key|credential", Pattern.CASE_INSENSITIVE);

  private DumpSecrets() {}

  /** Returns the text with {@code ''} in place of each secret. */
  static String removed(SourceText dump) {
    Script script = Script.of(dump);
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (Statement statement : script.statements()) {
      boolean all = holdsSecretsOnly(statement);
      if (all || isForeign(statement)) {
        List<Token> tokens = statement.tokens();
        for (int i = 1; i < tokens.size(); i++) {
          Token token = tokens.get(i);
          if (token.kind() == Token.Kind.STRING && (all || isSecret(tokens.get(i - 1)))) {
            text.append(dump.substring(copied, token.start())).append("''");
            copied = token.end();
          }
        }
      }
    }
    return text.append(dump.substring(copied, dump.length())).toString();
  }

  private static boolean holdsSecretsOnly(Statement statement) {
    return statement.startsWith("create", "user", "mapping")
        || statement.startsWith("alter", "user", "mapping")
        || statement.startsWith("create", "subscription");
  }

  private static boolean isForeign(Statement statement) {
    return statement.startsWith("create", "server")
        || statement.startsWith("create", "foreign")
        || statement.startsWith("alter", "server")
        || statement.startsWith("alter", "foreign");
  }

  private static boolean isSecret(Token name) {
    return SECRET.matcher(name.text().toLowerCase(Locale.ROOT)).find();
  }
}
