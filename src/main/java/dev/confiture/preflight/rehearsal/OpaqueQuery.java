package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.Optional;
import java.util.Set;

/** Queries that read what production has, and do not tell what. */
final class OpaqueQuery {

  /** Statements whose query was written elsewhere. */
  private static final Set<String> ELSEWHERE = Set.of("fetch", "execute", "call", "move");

  /** Functions that execute a query which stands in a string, or is put together. */
  private static final Set<String> OF_STRINGS =
      Set.of(
          "query_to_xml",
          "query_to_xmlschema",
          "query_to_xml_and_xmlschema",
          "table_to_xml",
          "schema_to_xml",
          "database_to_xml",
          "cursor_to_xml",
          "dblink");

  /** Words for what a table without its rows has otherwise: sizes, and statistics. */
  private static final Set<String> OF_SIZES =
      Set.of(
          "reltuples",
          "relpages",
          "pg_relation_size",
          "pg_table_size",
          "pg_indexes_size",
          "pg_total_relation_size",
          "pg_database_size");

  private OpaqueQuery() {}

  /** Returns why its rows cannot be known, as the end of a sentence. */
  static Optional<String> reason(Statement query) {
    if (ELSEWHERE.contains(query.tokens().getFirst().identifier())) {
      return Optional.of(
          "takes rows of a query that was written elsewhere, and may read any table");
    }
    for (Token token : query.tokens()) {
      String word = token.isIdentifier() ? token.identifier() : "";
      if (OF_STRINGS.contains(word)) {
        return Optional.of("takes rows of " + word + ", which may read any table");
      }
      if (OF_SIZES.contains(word) || word.startsWith("pg_stat")) {
        return Optional.of("depends on " + word + ", which tells of production's rows");
      }
    }
    return Optional.empty();
  }
}
