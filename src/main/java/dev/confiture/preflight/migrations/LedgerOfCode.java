package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ledger of a tool whose migrations are code: what it holds is not rehearsed, and said to be
 * there.
 *
 * @param tool the tool, as its users call it
 * @param table the ledger's name
 * @param column a column that no other tool's table of this name has
 */
public record LedgerOfCode(String tool, String table, String column) {

  /** Returns a note, as a sentence, for each of these that a database has. */
  public static List<String> notes(Session session, List<LedgerOfCode> known) {
    String values =
        known.stream()
            .map(
                each ->
                    "("
                        + Identifiers.literal(each.tool())
                        + ", "
                        + Identifiers.literal(each.table())
                        + ", "
                        + Identifiers.literal(each.column())
                        + ")")
            .collect(Collectors.joining(", "));
    return session
        .query(
            "SELECT k.tool, pg_catalog.format('%I.%I', n.nspname, c.relname) FROM (VALUES "
                + values
                + ") k(tool, name, told) JOIN pg_catalog.pg_class c"
                + " ON c.relname = k.name::pg_catalog.name AND c.relkind IN ('r', 'p')"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid"
                + " AND a.attname = k.told::pg_catalog.name) ORDER BY 1, 2")
        .stream()
        .map(
            row ->
                "the database has "
                    + row.text(1)
                    + ", the ledger of "
                    + row.text(0)
                    + ", whose migrations are code: none of them is rehearsed here")
        .toList();
  }
}
