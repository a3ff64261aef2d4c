package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.CopyData;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.TokenKind;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.List;

/** Decides what is done with each statement of a schema file. */
final class Steps {

  private final boolean superuser;
  private final String database;

  /**
   * For one database.
   *
   * @param database the one that stands for the file's own
   */
  Steps(boolean superuser, String database) {
    this.superuser = superuser;
    this.database = database;
  }

  List<Step> of(Script script) {
    List<Step> steps = new ArrayList<>();
    List<Piece> pieces = script.pieces();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Statement statement) {
        steps.add(
            statement.isCopyFromStdin()
                ? new Step.Copied(statement, rows(pieces, i))
                : of(statement));
      }
    }
    return steps;
  }

  private static String rows(List<Piece> pieces, int copy) {
    for (int i = copy + 1; i < pieces.size(); i++) {
      switch (pieces.get(i)) {
        case CopyData data -> {
          return data.rows();
        }
        case Statement _ -> {
          return "";
        }
        default -> {}
      }
    }
    return "";
  }

  private Step of(Statement s) {
    if (TransactionControl.of(s).filter(TransactionControl::isBoundary).isPresent()) {
      return new Step.Skipped();
    }
    return switch (s.tokens().getFirst().identifier()) {
      case "set", "reset" -> new Step.Alone(s, s.text());
      case "create" -> create(s);
      case "alter" -> alter(s);
      case "drop" -> s.is(1, "database") ? new Step.Skipped() : new Step.Batched(s, s.text());
      case "comment", "security", "grant", "revoke" ->
          onDatabase(s) ? new Step.Skipped() : new Step.Batched(s, s.text());
      case "copy" -> new Step.Refused(s, "COPY to or from the server's files or programs");
      case "load" -> new Step.Refused(s, "LOAD");
      case "vacuum", "analyze", "cluster", "reindex", "checkpoint" -> new Step.Skipped();
      default -> new Step.Batched(s, s.text());
    };
  }

  private Step create(Statement s) {
    if (s.is(1, "database") || s.is(1, "tablespace")) {
      return new Step.Skipped();
    }
    if (s.is(1, "subscription")) {
      return new Step.LeftOut("subscriptions of the schema are left out: they would dial out");
    }
    if (s.startsWith("create", "user", "mapping")) {
      return new Step.LeftOut("user mappings of the schema are left out: they hold secrets");
    }
    if (s.is(1, "role") || (s.is(1, "user") && !s.is(2, "mapping")) || s.is(1, "group")) {
      // Stub roles stand for them, without their attributes.
      return new Step.Skipped();
    }
    if (s.is(1, "extension")) {
      return new Step.Alone(s, s.text());
    }
    if (isRoutine(s) && inLanguageC(s)) {
      return new Step.Refused(s, "a function in C");
    }
    return new Step.Batched(s, s.text());
  }

  private Step alter(Statement s) {
    if (s.is(1, "system")) {
      return new Step.Refused(s, "ALTER SYSTEM");
    }
    if (s.is(1, "subscription")) {
      return new Step.Skipped();
    }
    if (s.is(1, "database")) {
      return s.is(3, "set") || s.is(3, "reset")
          ? new Step.Alone(s, renamed(s, 2))
          : new Step.Skipped();
    }
    if (s.is(1, "role") || s.is(1, "user")) {
      if (s.is(3, "in") && s.is(4, "database")) {
        return new Step.Alone(s, renamed(s, 5));
      }
      return s.is(3, "set") || s.is(3, "reset") ? new Step.Alone(s, s.text()) : new Step.Skipped();
    }
    // Their owner must be a superuser, which no stub role is: they stay with the one who restores.
    boolean superusers = s.startsWith("alter", "event") || s.startsWith("alter", "foreign", "data");
    return superuser && superusers && hasOwner(s)
        ? new Step.Skipped()
        : new Step.Batched(s, s.text());
  }

  /** The statement with our database's name in place of the token of this index. */
  private String renamed(Statement s, int index) {
    Token name = s.tokens().get(index);
    return s.source().substring(s.start(), name.start())
        + Identifiers.quote(database)
        + s.source().substring(name.end(), s.tokens().getLast().end());
  }

  private static boolean hasOwner(Statement s) {
    return s.tokens().stream().anyMatch(token -> token.is("owner"));
  }

  private static boolean onDatabase(Statement s) {
    for (int i = 1; i + 1 < s.tokens().size(); i++) {
      if (s.is(i, "on")) {
        return s.is(i + 1, "database");
      }
    }
    return false;
  }

  private static boolean isRoutine(Statement s) {
    int at = s.is(1, "or") ? 3 : 1;
    return s.is(at, "function") || s.is(at, "procedure");
  }

  private static boolean inLanguageC(Statement s) {
    for (int i = 0; i + 1 < s.tokens().size(); i++) {
      if (s.is(i, "language")) {
        Token language = s.tokens().get(i + 1);
        String name =
            language.kind() == TokenKind.STRING
                ? language.text().replace("'", "")
                : language.identifier();
        return name.equalsIgnoreCase("c") || name.equalsIgnoreCase("internal");
      }
    }
    return false;
  }
}
