package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DateStyle;
import dev.confiture.preflight.seed.RestorePlan.Step;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides how a single statement of a schema file is restored.
 *
 * <p>The file may come from a pull request. What reaches out of the database by itself is refused
 * by name: files and programs of the server, C code, other servers, the settings of the cluster,
 * roles that this run did not make. Code of the file that runs when it is called ({@code DO}, a
 * function in an index, a default) cannot be judged by its words: an ordinary role's session sends
 * it, and a superuser's only what runs none ({@link SuperuserSteps}).
 */
final class StatementRules {

  /** Extensions by which a foreign table or a function reads files and runs programs. */
  static final Set<String> REACH_OUT =
      Set.of(
          "adminpack",
          "file_fdw",
          "plperlu",
          "plpython2u",
          "plpython3u",
          "plpythonu",
          "plsh",
          "pltclu");

  /**
   * Extensions by which a migration logs in wherever it knows a password: a user's own server often
   * has one that stands in the workflow.
   */
  private static final Set<String> LOG_IN = Set.of("dblink", "postgres_fdw");

  private final boolean superuser;
  private final boolean external;
  private final ClusterObjects cluster;

  /**
   * Makes the rules for one database.
   *
   * @param superuser true if the restoring user is one
   * @param external true on a server that is the user's
   * @param database the database that stands for the file's own
   * @param production the name of the file's own, where it tells which one that is
   * @param made the roles that this run has made, and may change
   * @param createRole true if they may get CREATEROLE
   */
  StatementRules(
      boolean superuser,
      boolean external,
      String database,
      Optional<String> production,
      Collection<String> made,
      boolean createRole) {
    this.superuser = superuser;
    this.external = external;
    this.cluster =
        new ClusterObjects(
            database, production.filter(_ -> superuser), made, superuser, createRole);
  }

  Step of(Statement s) {
    return switch (s.tokens().getFirst().identifier()) {
      case "set" -> set(s);
      case "reset", "discard" -> new Step.Alone(s, s.text());
      case "create" -> create(s);
      case "alter" -> alter(s);
      case "drop" -> ClusterObjects.drop(s);
      case "comment", "security" -> ClusterObjects.remark(s);
      case "grant", "revoke" -> cluster.grant(s);
      case "import" ->
          new Step.Lost(s, "IMPORT FOREIGN SCHEMA is left out: it would connect to another server");
      case "copy" -> new Step.Refused(s, "COPY to or from the server's files or programs");
      case "load" -> new Step.Refused(s, "LOAD");
      case "vacuum", "analyze", "analyse", "cluster", "reindex", "checkpoint", "reassign" ->
          new Step.Skipped();
      default -> new Step.Batched(s, s.text());
    };
  }

  private Step create(Statement s) {
    if (s.is(1, "database") || s.is(1, "tablespace")) {
      return new Step.Skipped();
    }
    if (s.is(1, "subscription")) {
      return new Step.Lost(
          s, "subscriptions of the schema are left out: they would connect to their publishers");
    }
    if (s.startsWith("create", "user", "mapping")) {
      return new Step.Lost(s, "user mappings of the schema are left out: they hold secrets");
    }
    if (s.is(1, "role") || s.is(1, "user") || s.is(1, "group")) {
      return cluster.role(s);
    }
    if (s.is(1, "extension")) {
      if (superuser
          && external
          && CreateExtension.of(s)
              .map(CreateExtension::name)
              .filter(LOG_IN::contains)
              .isPresent()) {
        return new Step.Refused(s, "an extension that logs in to servers, this one among them,");
      }
      boolean reachesOut =
          SuperuserSteps.hasEscapes(s)
              || CreateExtension.of(s)
                  .map(CreateExtension::name)
                  .filter(REACH_OUT::contains)
                  .isPresent();
      return superuser && reachesOut
          ? new Step.Refused(s, "an extension that uses files and programs of the server")
          : new Step.Alone(s, s.text());
    }
    return isNativeRoutine(s)
        ? new Step.Refused(s, "a function in C")
        : new Step.Batched(s, s.text());
  }

  private Step alter(Statement s) {
    if (s.is(1, "system")) {
      return new Step.Refused(s, "ALTER SYSTEM");
    }
    if (s.is(1, "extension") && s.tokens().stream().anyMatch(token -> token.is("add"))) {
      // What belongs to an extension is handed over to nobody.
      return new Step.Refused(s, "an object that becomes a member of an extension");
    }
    if (s.is(1, "subscription")
        || s.is(1, "tablespace")
        || s.startsWith("alter", "user", "mapping")) {
      return new Step.Skipped();
    }
    if (s.is(1, "database")) {
      return cluster.alterDatabase(s);
    }
    if (s.is(1, "role") || s.is(1, "user") || s.is(1, "group")) {
      return cluster.alterRole(s);
    }
    // The owner must be a superuser, which no stub role is: the restoring user stays the owner.
    boolean superusers = s.startsWith("alter", "event") || s.startsWith("alter", "foreign", "data");
    return superuser && superusers && hasOwner(s)
        ? new Step.Skipped()
        : new Step.Batched(s, s.text());
  }

  private static boolean hasOwner(Statement s) {
    return s.tokens().stream().anyMatch(token -> token.is("owner"));
  }

  /** Keeps the file's settings, as far as the driver can bear them. */
  private static Step set(Statement s) {
    int at = s.is(1, "session") || s.is(1, "local") ? 2 : 1;
    // The text is decoded here already; and the driver speaks UTF-8 and ISO dates only.
    if (s.is(at, "client_encoding") || s.is(at, "names")) {
      return new Step.Skipped();
    }
    if (s.is(at, "datestyle")) {
      String value = s.tokens().stream().map(Token::text).collect(Collectors.joining(" "));
      return new Step.Alone(s, "SET datestyle = '" + DateStyle.parse(value).withIsoOutput() + "'");
    }
    if (s.is(at, "default_tablespace") && !s.tokens().getLast().text().equals("''")) {
      return new Step.LeftOut("tablespaces of the schema are left out: all is in the default one");
    }
    return new Step.Alone(s, s.text());
  }

  /** Returns true for a routine in C or internal: its code is the server's own process. */
  private static boolean isNativeRoutine(Statement s) {
    int at = s.is(1, "or") ? 3 : 1;
    return (s.is(at, "function") || s.is(at, "procedure")) && isInLanguageC(s);
  }

  /** Looks for {@code LANGUAGE} outside parentheses: a parameter may have that name too. */
  private static boolean isInLanguageC(Statement s) {
    int depth = 0;
    for (int i = 0; i + 1 < s.tokens().size(); i++) {
      Token token = s.tokens().get(i);
      depth += token.parenthesis();
      if (depth == 0 && token.is("language") && isC(s.tokens().get(i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isC(Token language) {
    String text = language.text();
    return switch (language.kind()) {
      case WORD -> isNamed(text);
      case STRING, QUOTED_IDENTIFIER ->
          // With a prefix there may be escapes, which nobody writes to say "sql".
          (!text.startsWith("'") && !text.startsWith("\""))
              || isNamed(text.substring(1, text.length() - 1));
      default -> true;
    };
  }

  private static boolean isNamed(String language) {
    return language.equalsIgnoreCase("c") || language.equalsIgnoreCase("internal");
  }
}
