package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.ObjectKind;
import java.util.List;
import java.util.Optional;

/**
 * The words by which {@code CREATE}, {@code ALTER} and {@code DROP} name a kind of object (<a
 * href="https://www.postgresql.org/docs/current/sql-commands.html">SQL commands</a>).
 */
enum KindWords {
  FOREIGN_DATA_WRAPPER(ObjectKind.FOREIGN_DATA_WRAPPER, "foreign", "data", "wrapper"),
  FOREIGN_TABLE(ObjectKind.RELATION, "foreign", "table"),
  TABLE(ObjectKind.RELATION, "table"),
  MATERIALIZED_VIEW(ObjectKind.RELATION, "materialized", "view"),
  VIEW(ObjectKind.RELATION, "view"),
  SEQUENCE(ObjectKind.RELATION, "sequence"),
  INDEX(ObjectKind.RELATION, "index"),
  TYPE(ObjectKind.TYPE, "type"),
  DOMAIN(ObjectKind.TYPE, "domain"),
  FUNCTION(ObjectKind.FUNCTION, "function"),
  PROCEDURE(ObjectKind.FUNCTION, "procedure"),
  ROUTINE(ObjectKind.FUNCTION, "routine"),
  AGGREGATE(ObjectKind.FUNCTION, "aggregate"),
  SCHEMA(ObjectKind.SCHEMA, "schema"),
  EXTENSION(ObjectKind.EXTENSION, "extension"),
  // Before USER.
  USER_MAPPING(ObjectKind.USER_MAPPING, "user", "mapping"),
  ROLE(ObjectKind.ROLE, "role"),
  USER(ObjectKind.ROLE, "user"),
  GROUP(ObjectKind.ROLE, "group"),
  DATABASE(ObjectKind.DATABASE, "database"),
  TABLESPACE(ObjectKind.OTHER, "tablespace"),
  COLLATION(ObjectKind.COLLATION, "collation"),
  CONVERSION(ObjectKind.OTHER, "conversion"),
  LANGUAGE(ObjectKind.LANGUAGE, "language"),
  ACCESS_METHOD(ObjectKind.OTHER, "access", "method"),
  OPERATOR_CLASS(ObjectKind.OPERATOR_CLASS, "operator", "class"),
  OPERATOR_FAMILY(ObjectKind.OPERATOR_CLASS, "operator", "family"),
  OPERATOR(ObjectKind.OPERATOR, "operator"),
  CAST(ObjectKind.CAST, "cast"),
  TRANSFORM(ObjectKind.TRANSFORM, "transform"),
  TEXT_SEARCH_CONFIGURATION(ObjectKind.TEXT_SEARCH, "text", "search", "configuration"),
  TEXT_SEARCH_DICTIONARY(ObjectKind.TEXT_SEARCH, "text", "search", "dictionary"),
  TEXT_SEARCH_PARSER(ObjectKind.TEXT_SEARCH, "text", "search", "parser"),
  TEXT_SEARCH_TEMPLATE(ObjectKind.TEXT_SEARCH, "text", "search", "template"),
  PUBLICATION(ObjectKind.PUBLICATION, "publication"),
  SUBSCRIPTION(ObjectKind.SUBSCRIPTION, "subscription"),
  STATISTICS(ObjectKind.STATISTICS, "statistics"),
  SERVER(ObjectKind.FOREIGN_SERVER, "server"),
  EVENT_TRIGGER(ObjectKind.EVENT_TRIGGER, "event", "trigger"),
  TRIGGER(ObjectKind.TRIGGER, "trigger"),
  POLICY(ObjectKind.POLICY, "policy"),
  RULE(ObjectKind.RULE, "rule");

  private final ObjectKind kind;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> words;

  KindWords(ObjectKind kind, String... words) {
    this.kind = kind;
    this.words = List.of(words);
  }

  ObjectKind kind() {
    return kind;
  }

  /** Takes the kind that is named next; the reader goes behind its words. */
  static Optional<KindWords> take(TokenReader from) {
    for (KindWords each : values()) {
      if (from.takeAll(each.words)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
