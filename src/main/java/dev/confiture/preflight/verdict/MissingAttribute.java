package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.QuotedNames;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import java.util.List;
import java.util.Optional;

/**
 * Refusals for want of an attribute, a membership or a right that no dump tells of: production's
 * role may have it.
 *
 * <p>Read from the message, so that a command in a DO block counts as one outside does.
 */
final class MissingAttribute {

  private static final String DENIED = "permission denied for ";

  /** All that ALTER ROLE says before PostgreSQL 16. */
  private static final String ALTER_ROLE = "permission denied";

  private static final String NOT_OWNER = "must be owner of ";

  /** Beginnings of messages about rights that every role could be given. */
  private static final List<String> OF_AN_OBJECT =
      List.of(
          "permission denied to create temporary tables",
          "permission denied to terminate process",
          "permission denied to cancel query");

  /** How a message begins that asks for an attribute rather than for a right on an object. */
  private static final List<String> OF_THE_ROLE =
      List.of(
          "permission denied to ",
          "permission denied: ",
          "must be superuser",
          "must be member of ",
          "must be able to ",
          "must have ",
          "only superuser",
          "only roles with ",
          "access to library ");

  /** Words of messages with the attribute that they ask for: the first one found counts. */
  private static final List<Needed> NEEDED =
      List.of(
          new Needed("event trigger", "superuser, for an event trigger"),
          new Needed("system trigger", "superuser, for the triggers of foreign keys"),
          new Needed("extension", "the right to install this extension"),
          new Needed("subscription", "the right to manage subscriptions"),
          new Needed("publication", "superuser, for a publication of all tables"),
          new Needed("add or set schemas", "superuser, for a publication of whole schemas"),
          new Needed("tablespace", "superuser, for a tablespace"),
          new Needed("create database", "CREATEDB"),
          new Needed("ALTER SYSTEM", "superuser, for this setting"),
          new Needed("parameter", "superuser, for this setting"),
          new Needed("admin option", "ADMIN OPTION or CREATEROLE, for membership"),
          new Needed("grant role", "ADMIN OPTION or CREATEROLE, for membership"),
          new Needed("revoke role", "ADMIN OPTION or CREATEROLE, for membership"),
          new Needed("member of role", "membership in that role (a dump does not tell it)"),
          new Needed("SET ROLE", "membership in that role (a dump does not tell it)"),
          new Needed("set role", "membership in that role (a dump does not tell it)"),
          new Needed("default privileges", "membership in that role (a dump does not tell it)"),
          new Needed("authorization", "membership in that role (a dump does not tell it)"),
          new Needed("COPY", "the right to use files or programs of the server"),
          new Needed("CREATEROLE", "CREATEROLE"),
          new Needed("create role", "CREATEROLE"),
          new Needed("alter role", "CREATEROLE"),
          new Needed("drop role", "CREATEROLE"),
          new Needed("rename role", "CREATEROLE"),
          new Needed("language", "superuser, for a language"),
          new Needed("foreign-data wrapper", "superuser, for a foreign data wrapper"));

  /**
   * Objects whose owner is not the dump's, since only a superuser may own them, or none is told.
   */
  private static final List<Needed> OWNED =
      List.of(
          new Needed("extension ", "ownership of the extension (a dump does not tell it)"),
          new Needed("event trigger ", "superuser, for an event trigger"),
          new Needed("database ", "ownership of the database"),
          new Needed("tablespace ", "superuser, for a tablespace"),
          new Needed("foreign-data wrapper ", "superuser, for a foreign data wrapper"));

  /** Objects of the server itself, whose rights are not in a dump. */
  private static final List<Needed> OF_THE_SERVER =
      List.of(
          new Needed("language ", "superuser, for the untrusted language "),
          new Needed("tablespace ", "a right on the tablespace "),
          new Needed("function pg_", "superuser, or a predefined role, for the function pg_"),
          new Needed("function lo_", "superuser, for the function lo_"));

  private record Needed(String words, String attribute) {}

  private MissingAttribute() {}

  /** Returns the attribute for want of which PostgreSQL refused the statement, if it did. */
  static Optional<String> of(ServerError error) {
    String message = error.message();
    if (!error.is(SqlState.INSUFFICIENT_PRIVILEGE) || concernsCatalogs(error)) {
      return Optional.empty();
    }
    if (message.startsWith(NOT_OWNER)) {
      return startingWith(OWNED, message.substring(NOT_OWNER.length())).map(Needed::attribute);
    }
    if (message.startsWith(DENIED)) {
      String object = message.substring(DENIED.length());
      return startingWith(OF_THE_SERVER, object)
          .map(needed -> needed.attribute() + object.substring(needed.words().length()));
    }
    if (message.equals(ALTER_ROLE)) {
      return Optional.of("CREATEROLE");
    }
    return OF_THE_ROLE.stream().anyMatch(message::startsWith)
            && OF_AN_OBJECT.stream().noneMatch(message::startsWith)
        ? Optional.of(
            NEEDED.stream()
                .filter(needed -> unquoted(message).contains(needed.words()))
                .map(Needed::attribute)
                .findFirst()
                .orElse("superuser"))
        : Optional.empty();
  }

  private static Optional<Needed> startingWith(List<Needed> all, String object) {
    return all.stream().filter(needed -> object.startsWith(needed.words())).findFirst();
  }

  /** A superuser may not change them either. */
  private static boolean concernsCatalogs(ServerError error) {
    return error.message().endsWith(" is a system catalog")
        || error.detail().filter(d -> d.startsWith("System catalog modifications")).isPresent();
  }

  private static String unquoted(String message) {
    String rest = message;
    for (String name : QuotedNames.in(message)) {
      rest = rest.replace('"' + name + '"', "");
    }
    return rest;
  }
}
