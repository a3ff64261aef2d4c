package dev.confiture.preflight.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message of the server that an object does not exist, or exists already: {@code constraint "c"
 * of relation "t" does not exist}.
 *
 * @param missing true if the object does not exist
 * @param name the name in the message, so often without its schema
 * @param parent the table of a column, constraint, trigger, policy or rule (of a column it may be
 *     an alias), the type of an enum label
 */
public record ObjectMessage(
    boolean missing, ObjectKind kind, String name, Optional<String> parent) {

  private static final String MISSING = " does not exist";
  private static final String EXISTS = " already exists";
  private static final String ENUM = "invalid input value for enum ";
  private static final List<String> NO_KEY =
      List.of(
          "there is no unique constraint matching given keys for referenced table ",
          "there is no primary key for referenced table ");
  private static final String NOT_FOUND_IN = " not found in data type ";
  private static final List<String> NOT_FOUND =
      List.of(
          "could not find a function named ",
          "could not find a procedure named ",
          "could not find an aggregate named ");

  /** Of {@code WITH (timescaledb.continuous)}: an extension's. */
  private static final String NAMESPACE = "unrecognized parameter namespace ";

  private static final String TWO_KEYS = "multiple primary keys for table ";

  private static final Map<String, ObjectKind> KINDS =
      Map.ofEntries(
          Map.entry("relation", ObjectKind.RELATION),
          Map.entry("table", ObjectKind.RELATION),
          Map.entry("foreign table", ObjectKind.RELATION),
          Map.entry("view", ObjectKind.RELATION),
          Map.entry("materialized view", ObjectKind.RELATION),
          Map.entry("sequence", ObjectKind.RELATION),
          Map.entry("index", ObjectKind.RELATION),
          Map.entry("column", ObjectKind.COLUMN),
          Map.entry("type", ObjectKind.TYPE),
          Map.entry("constraint", ObjectKind.CONSTRAINT),
          Map.entry("trigger", ObjectKind.TRIGGER),
          Map.entry("policy", ObjectKind.POLICY),
          Map.entry("rule", ObjectKind.RULE),
          Map.entry("enum label", ObjectKind.ENUM_LABEL),
          Map.entry("function", ObjectKind.FUNCTION),
          Map.entry("schema", ObjectKind.SCHEMA),
          Map.entry("role", ObjectKind.ROLE),
          Map.entry("extension", ObjectKind.EXTENSION),
          Map.entry("database", ObjectKind.DATABASE),
          Map.entry("tablespace", ObjectKind.OTHER),
          Map.entry("collation", ObjectKind.COLLATION),
          Map.entry("conversion", ObjectKind.OTHER),
          Map.entry("language", ObjectKind.LANGUAGE),
          Map.entry("access method", ObjectKind.OTHER),
          Map.entry("operator class", ObjectKind.OPERATOR_CLASS),
          Map.entry("operator family", ObjectKind.OPERATOR_CLASS),
          Map.entry("text search configuration", ObjectKind.TEXT_SEARCH),
          Map.entry("text search dictionary", ObjectKind.TEXT_SEARCH),
          Map.entry("text search parser", ObjectKind.TEXT_SEARCH),
          Map.entry("text search template", ObjectKind.TEXT_SEARCH),
          Map.entry("publication", ObjectKind.PUBLICATION),
          Map.entry("subscription", ObjectKind.SUBSCRIPTION),
          Map.entry("statistics object", ObjectKind.STATISTICS),
          Map.entry("server", ObjectKind.FOREIGN_SERVER),
          Map.entry("foreign-data wrapper", ObjectKind.FOREIGN_DATA_WRAPPER),
          Map.entry("event trigger", ObjectKind.EVENT_TRIGGER));

  /** Reads a message in English; empty if it is about something else. */
  public static Optional<ObjectMessage> of(String message) {
    return enumLabel(message)
        .or(() -> key(message))
        .or(() -> part(message))
        .or(() -> unquoted(message))
        .or(() -> quoted(message));
  }

  private static Optional<ObjectMessage> enumLabel(String message) {
    int colon = message.lastIndexOf(": \"");
    if (message.startsWith(ENUM) && colon > 0) {
      return Optional.of(
          new ObjectMessage(
              true,
              ObjectKind.ENUM_LABEL,
              message.substring(colon + 3, message.length() - 1),
              Optional.of(message.substring(ENUM.length(), colon).replace("\"", ""))));
    }
    return message.endsWith("\" is not an existing enum label")
        ? Optional.of(
            new ObjectMessage(
                true, ObjectKind.ENUM_LABEL, QuotedNames.in(message).getFirst(), Optional.empty()))
        : Optional.empty();
  }

  /** A key of any name. */
  private static Optional<ObjectMessage> key(String message) {
    boolean second = message.startsWith(TWO_KEYS);
    List<String> names = QuotedNames.in(message);
    return !names.isEmpty() && (second || NO_KEY.stream().anyMatch(message::startsWith))
        ? Optional.of(new ObjectMessage(!second, ObjectKind.KEY, "", Optional.of(names.getLast())))
        : Optional.empty();
  }

  /** A column of a row that a query or a function has at hand. */
  private static Optional<ObjectMessage> part(String message) {
    List<String> names = QuotedNames.in(message);
    int type = message.indexOf(NOT_FOUND_IN);
    if (message.startsWith("column \"") && type > 0) {
      return Optional.of(
          of(
              ObjectKind.COLUMN,
              names.getFirst(),
              Optional.of(message.substring(type + NOT_FOUND_IN.length()).replace("\"", ""))));
    }
    if (message.startsWith("record \"") && message.contains(" has no field ")) {
      return Optional.of(of(ObjectKind.COLUMN, names.getLast(), Optional.empty()));
    }
    if (message.startsWith(NAMESPACE) && !names.isEmpty()) {
      return Optional.of(of(ObjectKind.EXTENSION, names.getFirst(), Optional.empty()));
    }
    return NOT_FOUND.stream().anyMatch(message::startsWith) && !names.isEmpty()
        ? Optional.of(of(ObjectKind.FUNCTION, names.getFirst(), Optional.empty()))
        : Optional.empty();
  }

  /** {@code column t.c}, {@code function f(integer)} and {@code type t} of a routine's argument. */
  private static Optional<ObjectMessage> unquoted(String message) {
    int end = message.lastIndexOf(MISSING);
    int space = message.indexOf(' ');
    if (end <= space || space < 0 || message.startsWith("\"", space + 1)) {
      return Optional.empty();
    }
    String named = message.substring(space + 1, end);
    return switch (message.substring(0, space)) {
      case "function", "procedure", "aggregate" ->
          Optional.of(of(ObjectKind.FUNCTION, named.split("\\(", 2)[0], Optional.empty()));
      case "type" -> Optional.of(of(ObjectKind.TYPE, named, Optional.empty()));
      case "column" -> {
        int dot = named.lastIndexOf('.');
        yield Optional.of(
            of(
                ObjectKind.COLUMN,
                named.substring(dot + 1),
                dot < 0 ? Optional.empty() : Optional.of(named.substring(0, dot))));
      }
      default -> Optional.empty();
    };
  }

  private static ObjectMessage of(ObjectKind kind, String name, Optional<String> parent) {
    return new ObjectMessage(true, kind, withoutBrackets(name), parent);
  }

  /** {@code kind "name" [for|of|on table "parent"] [named in key] does not exist}. */
  private static Optional<ObjectMessage> quoted(String message) {
    int open = message.indexOf(" \"");
    int close = message.indexOf('"', open + 2);
    if (open < 0 || close < 0) {
      return Optional.empty();
    }
    String rest = message.substring(close + 1);
    boolean missing = rest.contains(MISSING);
    if (!missing && !rest.contains(EXISTS)) {
      return Optional.empty();
    }
    return Optional.ofNullable(KINDS.get(message.substring(0, open)))
        .map(
            kind ->
                new ObjectMessage(
                    missing,
                    kind,
                    withoutBrackets(message.substring(open + 2, close)),
                    parent(rest)))
        .map(ObjectMessage::withoutArguments);
  }

  /** {@code "f(int)"}, looked up by its signature. */
  private ObjectMessage withoutArguments() {
    return kind == ObjectKind.FUNCTION
        ? new ObjectMessage(missing, kind, name.split("\\(", 2)[0], parent)
        : this;
  }

  private static Optional<String> parent(String rest) {
    int open = rest.indexOf('"');
    String before = open < 0 ? "" : rest.substring(0, open);
    return before.endsWith(" relation ")
            || before.endsWith(" table ")
            || before.endsWith(" domain ")
            || before.endsWith(" type ")
        ? Optional.of(QuotedNames.in(rest).getFirst())
        : Optional.empty();
  }

  private static String withoutBrackets(String type) {
    return type.endsWith("[]") ? type.substring(0, type.length() - 2) : type;
  }
}
