package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.CopyData;
import dev.confiture.preflight.sql.MetaCommand;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.TokenKind;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is done with each statement of a schema file.
 *
 * <p>The file may come from a pull request, and a superuser restores it. What reaches out of the
 * database by itself is refused by name: files and programs of the server, C code, other servers,
 * the settings of the cluster, roles that this run did not make. What code of the file does when it
 * is called ({@code DO}, a function in an index, a default) cannot be told from its words, and a
 * superuser's session can always become superuser again, so a role of less privilege would only
 * look like a fence: the fence is the operating system user of a server of our own, and on a given
 * server the user that the URL names. The report says when a file runs code.
 */
final class Steps {

  /** Of psql's commands those that change nothing, or that {@code pg_dump} writes. */
  private static final Set<String> HARMLESS =
      Set.of(
          "restrict",
          "unrestrict",
          "connect",
          "c",
          "echo",
          "qecho",
          "warn",
          "timing",
          "pset",
          "set",
          "unset",
          "encoding",
          "conninfo",
          "x",
          "q",
          "!");

  /** Objects of the cluster, which a comment, a label or a grant would change outside of ours. */
  private static final Set<String> OF_THE_CLUSTER =
      Set.of("database", "role", "tablespace", "subscription", "parameter");

  private static final Set<String> SERVER_ROLES =
      Set.of("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files");

  private static final Set<String> FIELD_ORDERS =
      Set.of("dmy", "mdy", "ymd", "european", "euro", "us", "noneuropean", "german");

  private final boolean superuser;
  private final String database;
  private final Set<String> made;

  /**
   * For one database.
   *
   * @param database the one that stands for the file's own
   * @param made the roles that this run has made, and may change
   */
  Steps(boolean superuser, String database, Collection<String> made) {
    this.superuser = superuser;
    this.database = database;
    this.made = Set.copyOf(made);
  }

  List<Step> of(Script script) {
    List<Step> steps = new ArrayList<>();
    List<Piece> pieces = script.pieces();
    Transactions transactions = Transactions.of(script.statements());
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof MetaCommand command && !HARMLESS.contains(command.name())) {
        steps.add(new Step.LeftOut(leftOut(script, command)));
      } else if (pieces.get(i) instanceof Statement statement) {
        if (transactions.isUndone(statement)) {
          steps.add(new Step.Skipped());
        } else if (TransactionControl.of(statement).isPresent()) {
          steps.add(
              transactions.isReal(statement)
                  ? new Step.Transaction(statement)
                  : new Step.Skipped());
        } else {
          steps.add(
              statement.isCopyFromStdin()
                  ? new Step.Copied(statement, rows(pieces, i))
                  : of(statement));
        }
      }
    }
    databases(script).ifPresent(note -> steps.add(new Step.LeftOut(note)));
    code(script).ifPresent(note -> steps.add(new Step.LeftOut(note)));
    return steps;
  }

  private static String rows(List<Piece> pieces, int copy) {
    for (int i = copy + 1; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof CopyData data && data.copy().equals(pieces.get(copy))) {
        return data.rows();
      }
    }
    return "";
  }

  private static String leftOut(Script script, MetaCommand command) {
    return "\\"
        + command.name()
        + " of the schema file is left out, since it is a command of psql's (line "
        + script.source().position(command.start()).line()
        + ")";
  }

  /** A file of pg_dumpall's connects to one database after another. */
  private static Optional<String> databases(Script script) {
    List<String> names =
        script.pieces().stream()
            .filter(MetaCommand.class::isInstance)
            .map(MetaCommand.class::cast)
            .filter(command -> command.name().equals("connect") || command.name().equals("c"))
            .map(command -> script.source().substring(command.start(), command.end()).split("\\s+"))
            .map(words -> words[words.length - 1])
            .filter(name -> !name.equals("template1") && !name.equals("postgres"))
            .distinct()
            .toList();
    return names.size() < 2
        ? Optional.empty()
        : Optional.of(
            "the schema file holds several databases, all restored into one: "
                + String.join(", ", names));
  }

  private Optional<String> code(Script script) {
    if (!superuser) {
      return Optional.empty();
    }
    return script.statements().stream()
        .filter(statement -> statement.is(0, "do") || statement.is(0, "call"))
        .findFirst()
        .map(
            statement ->
                "the schema file runs code of its own, first "
                    + statement.tokens().getFirst().text().toUpperCase(Locale.ROOT)
                    + " at line "
                    + script.source().position(statement.start()).line()
                    + ": it ran as the superuser that restores");
  }

  private Step of(Statement s) {
    return switch (s.tokens().getFirst().identifier()) {
      case "set" -> set(s);
      case "reset", "discard" -> new Step.Alone(s, s.text());
      case "create" -> create(s);
      case "alter" -> alter(s);
      case "drop" -> drop(s);
      case "comment", "security" ->
          isOnOneOf(s, OF_THE_CLUSTER) ? new Step.Skipped() : new Step.Batched(s, s.text());
      case "grant", "revoke" -> grant(s);
      case "import" -> new Step.LeftOut("IMPORT FOREIGN SCHEMA is left out: it would dial out");
      case "copy" -> new Step.Refused(s, "COPY to or from the server's files or programs");
      case "load" -> new Step.Refused(s, "LOAD");
      case "vacuum", "analyze", "analyse", "cluster", "reindex", "checkpoint", "reassign" ->
          new Step.Skipped();
      default -> new Step.Batched(s, s.text());
    };
  }

  private static Step set(Statement s) {
    int at = s.is(1, "session") || s.is(1, "local") ? 2 : 1;
    // The text is decoded here already; and the driver speaks UTF-8 and ISO dates only.
    if (s.is(at, "client_encoding") || s.is(at, "names")) {
      return new Step.Skipped();
    }
    if (s.is(at, "datestyle")) {
      return s.tokens().stream()
          .flatMap(token -> List.of(token.text().toLowerCase(Locale.ROOT).split("\\W+")).stream())
          .filter(FIELD_ORDERS::contains)
          .findFirst()
          .<Step>map(order -> new Step.Alone(s, "SET datestyle = 'ISO, " + fieldOrder(order) + "'"))
          .orElseGet(Step.Skipped::new);
    }
    if (s.is(at, "default_tablespace") && !s.tokens().getLast().text().equals("''")) {
      return new Step.LeftOut("tablespaces of the schema are left out: all is in the default one");
    }
    return new Step.Alone(s, s.text());
  }

  private static String fieldOrder(String word) {
    return switch (word) {
      case "ymd" -> "YMD";
      case "mdy", "us", "noneuropean" -> "MDY";
      default -> "DMY";
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
    if (s.is(1, "role") || s.is(1, "user") || s.is(1, "group")) {
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
    if (s.is(1, "subscription")
        || s.is(1, "tablespace")
        || s.startsWith("alter", "user", "mapping")) {
      return new Step.Skipped();
    }
    if (s.is(1, "database")) {
      return (s.is(3, "set") && !s.is(4, "tablespace")) || s.is(3, "reset")
          ? new Step.Alone(s, renamed(s, 2))
          : new Step.Skipped();
    }
    if (s.is(1, "role") || s.is(1, "user") || s.is(1, "group")) {
      return role(s);
    }
    // Their owner must be a superuser, which no stub role is: they stay with the one who restores.
    boolean superusers = s.startsWith("alter", "event") || s.startsWith("alter", "foreign", "data");
    return superuser && superusers && hasOwner(s)
        ? new Step.Skipped()
        : new Step.Batched(s, s.text());
  }

  /** Settings only: attributes and passwords are not for stubs. */
  private Step role(Statement s) {
    if (s.is(3, "in") && s.is(4, "database")) {
      return new Step.Alone(s, renamed(s, 5));
    }
    if (!s.is(3, "set") && !s.is(3, "reset")) {
      return new Step.Skipped();
    }
    String name = s.tokens().get(2).identifier();
    return made.contains(name)
        ? new Step.Alone(s, s.text())
        : new Step.LeftOut("settings of roles that were here before are left out");
  }

  /** Roles and databases belong to the server, and stubs are needed until the end. */
  private static Step drop(Statement s) {
    boolean ofTheCluster =
        OF_THE_CLUSTER.contains(second(s))
            || (s.is(1, "user") && !s.is(2, "mapping"))
            || s.is(1, "group")
            || s.is(1, "owned");
    return ofTheCluster ? new Step.Skipped() : new Step.Batched(s, s.text());
  }

  private Step grant(Statement s) {
    if (!NamedRoles.isMembership(s)) {
      return isOnOneOf(s, OF_THE_CLUSTER) ? new Step.Skipped() : new Step.Batched(s, s.text());
    }
    if (s.tokens().stream().anyMatch(token -> SERVER_ROLES.contains(token.identifier()))) {
      return new Step.Refused(s, "membership in a role for the server's files and programs");
    }
    List<Token> tokens = s.tokens();
    int by = tokens.size();
    boolean ours = false;
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (s.is(i, "to") || s.is(i, "from")) {
        ours = made.contains(tokens.get(i + 1).identifier());
      } else if (s.is(i, "granted") && s.is(i + 1, "by")) {
        // From 16 on the grantor must have the role itself, which no stub has.
        by = i;
      }
    }
    return ours
        ? new Step.Batched(s, s.source().substring(s.start(), tokens.get(by - 1).end()))
        : new Step.LeftOut("memberships of roles that were here before are left out");
  }

  /** The statement with our database's name in place of the token of this index. */
  private String renamed(Statement s, int index) {
    Token name = s.tokens().get(index);
    return s.source().substring(s.start(), name.start())
        + Identifiers.quote(database)
        + s.source().substring(name.end(), s.tokens().getLast().end());
  }

  private static String second(Statement s) {
    return s.tokens().size() > 1 ? s.tokens().get(1).identifier() : "";
  }

  private static boolean hasOwner(Statement s) {
    return s.tokens().stream().anyMatch(token -> token.is("owner"));
  }

  private static boolean isOnOneOf(Statement s, Set<String> kinds) {
    for (int i = 1; i + 1 < s.tokens().size(); i++) {
      if (s.is(i, "on")) {
        Token kind = s.tokens().get(i + 1);
        return kind.kind() == TokenKind.WORD && kinds.contains(kind.identifier());
      }
    }
    return false;
  }

  private static boolean isRoutine(Statement s) {
    int at = s.is(1, "or") ? 3 : 1;
    return s.is(at, "function") || s.is(at, "procedure");
  }

  /** Any {@code LANGUAGE} outside parentheses: a parameter may have that name too. */
  private static boolean inLanguageC(Statement s) {
    int depth = 0;
    for (int i = 0; i + 1 < s.tokens().size(); i++) {
      Token token = s.tokens().get(i);
      depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
      if (depth == 0 && token.is("language") && isC(s.tokens().get(i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isC(Token language) {
    String text = language.text();
    return switch (language.kind()) {
      case WORD -> named(text);
      case STRING, QUOTED_IDENTIFIER ->
          // With a prefix there may be escapes, which nobody writes to say "sql".
          (!text.startsWith("'") && !text.startsWith("\""))
              || named(text.substring(1, text.length() - 1));
      default -> true;
    };
  }

  private static boolean named(String language) {
    return language.equalsIgnoreCase("c") || language.equalsIgnoreCase("internal");
  }
}
