package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which statements of a schema file a superuser sends, where an ordinary role restores: those
 * that it is refused and that run no code of the file. Everything else, a {@code DO} block, an
 * index on an expression, rows with triggers, has the rights of the ordinary role alone.
 */
final class SuperuserSteps {

  /** Objects that run no code of the file when they are made or changed, nor afterwards. */
  private static final Set<String> WITHOUT_CODE =
      Set.of("access method", "large object", "operator", "publication", "transform");

  /** The settings of the file that decide what a superuser's statements mean. */
  private static final Set<String> OF_MEANING =
      Set.of("search_path", "standard_conforming_strings", "backslash_quote");

  private SuperuserSteps() {}

  /** Returns true for a statement that only a superuser can send as it is meant. */
  static boolean isForSuperuser(Statement s) {
    return isOfRights(s) || isExtension(s) || isEventTrigger(s);
  }

  /** Returns true for owners, rights, roles and databases: nothing that follows needs them. */
  static boolean isOfRights(Statement s) {
    return s.is(0, "grant")
        || s.is(0, "revoke")
        || isOwner(s)
        || ((s.is(0, "create") || s.is(0, "alter"))
            && (s.is(1, "role") || s.is(1, "group") || s.is(1, "database") || isUser(s)));
  }

  /** Returns true for OWNER TO by itself: beside another action of the statement code may run. */
  static boolean isOwner(Statement s) {
    int owner = s.tokens().size() - 3;
    int depth = 0;
    for (Token token : s.tokens()) {
      depth += token.parenthesis();
      if (depth == 0 && token.isMark(",")) {
        return false;
      }
    }
    return s.is(0, "alter")
        && s.is(owner, "owner")
        && s.is(owner + 1, "to")
        && !s.is(owner - 1, "rename")
        && !(s.is(owner - 1, "column") && s.is(owner - 2, "rename"));
  }

  private static boolean isUser(Statement s) {
    return s.is(1, "user") && !s.is(2, "mapping");
  }

  private static boolean isExtension(Statement s) {
    return s.is(1, "extension") || s.startsWith("comment", "on", "extension");
  }

  /** Returns true for a statement on an event trigger, which would fire on all that follows. */
  static boolean isEventTrigger(Statement s) {
    return s.is(1, "event") || s.startsWith("comment", "on", "event");
  }

  /**
   * Returns true if a superuser may send what the ordinary role was refused: the file's code can
   * raise the same error, so the statement alone decides.
   */
  static boolean mayFollow(Statement s, ServerError error) {
    if (!error.is(SqlState.INSUFFICIENT_PRIVILEGE) || hasEscapes(s) || !s.isOneForTheServer()) {
      return false;
    }
    return switch (s.tokens().getFirst().identifier()) {
      case "comment", "security", "drop" -> true;
      case "create" ->
          WITHOUT_CODE.contains(kind(s))
              || isWrapperWithoutValidator(s)
              || isCastByText(s)
              || isInstalledLanguage(s);
      case "alter" ->
          WITHOUT_CODE.contains(kind(s))
              || s.is(1, "default")
              || isWrapperWithoutValidator(s)
              || isTriggerSwitch(s);
      default -> false;
    };
  }

  /**
   * Returns true for a cast by output and input. Any other between types of PostgreSQL's own would
   * be called by the engine's questions, or lets a value pass for one of another type.
   */
  private static boolean isCastByText(Statement s) {
    return s.is(1, "cast")
        && s.tokens().stream().anyMatch(token -> token.is("inout"))
        && s.tokens().stream().noneMatch(token -> token.is("function"));
  }

  /**
   * Returns true for a language by its name alone, which is an extension's: one with a handler
   * could be a language for programs under another name, trusted.
   */
  private static boolean isInstalledLanguage(Statement s) {
    return kind(s).equals("language")
        && s.tokens().stream().noneMatch(token -> token.is("handler"))
        && !StatementRules.REACH_OUT.contains(s.tokens().getLast().identifier());
  }

  /** Returns true if a name or string is written in escapes: nobody writes a dump like that. */
  static boolean hasEscapes(Statement s) {
    return s.tokens().stream()
        .anyMatch(
            token ->
                (token.kind() == Token.Kind.QUOTED_IDENTIFIER && !token.text().startsWith("\""))
                    || (token.kind() == Token.Kind.STRING
                        && token.text().regionMatches(true, 0, "u&", 0, 2)));
  }

  /**
   * Returns true for an owner or right of something that may be PostgreSQL's own: what is in its
   * schemas, and what has a name of these.
   *
   * @param kept names of functions and relations of PostgreSQL's that not everybody may use
   */
  static boolean isOnSystemObject(Statement s, Set<String> kept) {
    boolean gives = s.is(0, "alter") ? isOwner(s) : s.is(0, "grant") && !NamedRoles.isMembership(s);
    if (!gives) {
      return false;
    }
    boolean ofSchema =
        s.is(1, "schema")
            || s.tokens().stream().anyMatch(token -> token.is("schema") || token.is("schemas"));
    int to = s.tokens().size();
    for (int i = s.tokens().size() - 1; i > 0 && to == s.tokens().size(); i--) {
      to = s.is(i, "to") || s.is(i, "from") ? i : to;
    }
    return s.tokens().subList(1, to).stream()
        .filter(Token::isIdentifier)
        .map(Token::identifier)
        .anyMatch(
            name ->
                name.equals("pg_catalog")
                    || name.equals("information_schema")
                    || (ofSchema && name.startsWith("pg_"))
                    || kept.contains(name));
  }

  private static String kind(Statement s) {
    int at = s.is(1, "or") && s.is(2, "replace") ? 3 : 1;
    while (s.is(at, "trusted") || s.is(at, "procedural")) {
      at++;
    }
    if (at + 1 >= s.tokens().size()) {
      return "";
    }
    String word = s.tokens().get(at).identifier();
    return switch (word) {
      case "access", "large", "text" -> word + " " + s.tokens().get(at + 1).identifier();
      default -> word;
    };
  }

  /**
   * Returns true for a foreign data wrapper that gets no validator, which is called for its options
   * and may be a function of the file: only superusers make wrappers, so none has one.
   */
  private static boolean isWrapperWithoutValidator(Statement s) {
    return s.is(1, "foreign")
        && s.is(2, "data")
        && s.tokens().stream().noneMatch(token -> token.is("validator"));
  }

  /** Returns true for {@code ALTER TABLE … DISABLE TRIGGER ALL}, as a dump of rows has it. */
  private static boolean isTriggerSwitch(Statement s) {
    int last = s.tokens().size() - 1;
    return s.is(1, "table")
        && s.is(last - 1, "trigger")
        && (s.is(last - 2, "disable") || s.is(last - 2, "enable"))
        && (s.is(last, "all") || s.is(last, "user"));
  }

  /**
   * Returns true if owners and rights must be given where they stand: the file names an object
   * otherwise before than behind, or goes by who may do what while it is restored.
   */
  static boolean needOrder(Script script) {
    return script.statements().stream().anyMatch(SuperuserSteps::needsOrder);
  }

  private static boolean needsOrder(Statement s) {
    List<Token> tokens = s.tokens();
    return switch (tokens.getFirst().identifier()) {
      case "drop", "do", "call", "lock", "begin", "start" -> true;
      case "alter" ->
          tokens.stream().anyMatch(token -> token.is("rename"))
              || (s.is(tokens.size() - 3, "set") && s.is(tokens.size() - 2, "schema"));
      case "grant", "revoke" -> tokens.stream().anyMatch(token -> token.is("all")) && onAll(s);
      case "set" -> becomes(s).isPresent() || s.is(1, "search_path") || s.is(2, "search_path");
      case "select" ->
          config(s)
              .filter(set -> set.name().equals("search_path") && !set.value().isEmpty())
              .isPresent();
      default -> false;
    };
  }

  private static boolean onAll(Statement s) {
    for (int i = 1; i < s.tokens().size(); i++) {
      if (s.is(i, "on") && s.is(i + 1, "all")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the command by which the ordinary role, a member of the file's roles, becomes one: SET
   * SESSION AUTHORIZATION is for superusers.
   */
  static Optional<String> becomes(Statement s) {
    int at = s.is(1, "session") || s.is(1, "local") ? 2 : 1;
    boolean session = s.is(at, "authorization") || s.is(at, "session");
    if (!s.is(0, "set") && !s.is(0, "reset")) {
      return Optional.empty();
    }
    if (s.is(0, "reset")) {
      return s.is(1, "role") || s.is(1, "session") ? Optional.of("RESET ROLE") : Optional.empty();
    }
    if (!session && !s.is(at, "role")) {
      return Optional.empty();
    }
    Token last = s.tokens().getLast();
    String role = last.kind() == Token.Kind.STRING ? last.stringValue() : last.identifier();
    return Optional.of(
        last.is("default") || last.is("none")
            ? "RESET ROLE"
            : "SET " + (s.is(1, "local") ? "LOCAL " : "") + "ROLE " + Identifiers.quote(role));
  }

  /**
   * Returns the command that gives a superuser's session a setting of the file's, written anew: a
   * function of the file may have the name of PostgreSQL's.
   */
  static Optional<String> setting(Statement s) {
    if (becomes(s).isPresent()) {
      return Optional.empty();
    }
    if (s.is(0, "reset")) {
      return Optional.of(s.text());
    }
    if (s.is(0, "set")) {
      int name = s.is(1, "session") || s.is(1, "local") ? 2 : 1;
      return name < s.tokens().size() && OF_MEANING.contains(s.tokens().get(name).identifier())
          ? Optional.of(s.text())
          : Optional.empty();
    }
    return config(s)
        .filter(set -> OF_MEANING.contains(set.name().toLowerCase(Locale.ROOT)))
        .map(
            set ->
                "SELECT pg_catalog.set_config("
                    + Identifiers.literal(set.name())
                    + ", "
                    + Identifiers.literal(set.value())
                    + ", false)");
  }

  /** A setting that {@code SELECT set_config(…)} gives. */
  private record Config(String name, String value) {}

  private static Optional<Config> config(Statement s) {
    List<Token> tokens = s.tokens();
    int call = s.is(1, "pg_catalog") ? 3 : 1;
    return s.is(0, "select")
            && s.is(call, "set_config")
            && tokens.size() == call + 7
            && tokens.get(call + 2).kind() == Token.Kind.STRING
            && tokens.get(call + 4).kind() == Token.Kind.STRING
        ? Optional.of(
            new Config(tokens.get(call + 2).stringValue(), tokens.get(call + 4).stringValue()))
        : Optional.empty();
  }

  /** Returns a routine's statement without LEAKPROOF, which only a superuser may say of it. */
  static String withoutLeakproof(Statement s) {
    StringBuilder sql = new StringBuilder();
    int from = s.start();
    int depth = 0;
    for (int i = 1; i < s.tokens().size(); i++) {
      Token token = s.tokens().get(i);
      depth += token.parenthesis();
      if (depth == 0 && token.is("leakproof") && !s.is(i - 1, "not")) {
        sql.append(s.source().substring(from, token.start()));
        sql.append(" ".repeat(token.text().length()));
        from = token.end();
      }
    }
    return sql.append(s.source().substring(from, s.tokens().getLast().end())).toString();
  }
}
