package dev.confiture.preflight.postgres;

import java.util.List;

/**
 * What production's catalog tells of its objects and <a
 * href="https://www.postgresql.org/docs/current/app-pgdump.html">pg_dump</a> leaves out of a
 * schema.
 *
 * @param unpopulated the materialized views without data
 * @param invalidIndexes the indexes of tables that no query may use
 */
public record Undumped(List<QualifiedName> unpopulated, List<InvalidIndex> invalidIndexes) {

  /** Nothing of that kind, as far as is known. */
  public static final Undumped NONE = new Undumped(List.of(), List.of());

  public Undumped {
    unpopulated = List.copyOf(unpopulated);
    invalidIndexes = List.copyOf(invalidIndexes);
  }

  /**
   * An index that CREATE INDEX CONCURRENTLY, or another such command, left behind when it failed:
   * its name is taken, and it may be dropped or built again.
   *
   * @param definition the command that makes it, with qualified names
   * @param ready {@code pg_index.indisready}: writes go into it
   * @param live {@code pg_index.indislive}: it is not half dropped
   */
  public record InvalidIndex(
      QualifiedName name, QualifiedName table, String definition, boolean ready, boolean live) {}
}
