package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the clone's catalog about the objects of a failed statement, in a session of its own: it
 * sees what was committed, not what the failed transaction made.
 */
final class CatalogEvidence implements AutoCloseable {

  private static final int MOST_RELATIONS = 5;

  private final Session control;
  private final long newestBefore;
  private Set<String> invalidBefore;

  CatalogEvidence(Session control) {
    this.control = control;
    // Oids grow: a relation with a larger one was made by a migration. A counter that wraps within
    // one rehearsal is not provided for.
    this.newestBefore =
        Long.parseLong(
            control
                .query("SELECT coalesce(max(oid::bigint), 0) FROM pg_catalog.pg_class")
                .getFirst()
                .text(0));
    this.invalidBefore = invalidIndexes();
  }

  /** What is known about a failed statement. */
  Evidence of(Statement statement, ServerError error) {
    return new Evidence(
        known(() -> relations(statement, error)), known(() -> emptyTables(statement, error)));
  }

  /** What a refused question would have told is not known; the rest is. */
  private static <T> List<T> known(Supplier<List<T>> question) {
    try {
      return question.get();
    } catch (SessionException refused) {
      return List.of();
    }
  }

  /** The indexes that became invalid since the last time that this was asked. */
  Set<String> newInvalidIndexes() {
    Set<String> now = invalidIndexes();
    Set<String> added = new TreeSet<>(now);
    added.removeAll(invalidBefore);
    invalidBefore = now;
    return added;
  }

  private Set<String> invalidIndexes() {
    try {
      return control
          .query(
              "SELECT CASE WHEN n.nspname <> 'public' THEN quote_ident(n.nspname) || '.' ELSE '' END"
                  + " || quote_ident(c.relname) FROM pg_catalog.pg_index i"
                  + " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                  + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE NOT i.indisvalid AND i.indexrelid >= 16384")
          .stream()
          .map(row -> row.text(0))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (SessionException gone) {
      return Set.of();
    }
  }

  private List<RelationFacts> relations(Statement statement, ServerError error) {
    Set<QualifiedName> names = new LinkedHashSet<>();
    error.table().ifPresent(table -> names.add(new QualifiedName(error.schema(), table)));
    Set<QualifiedName> mentioned = mentioned(statement, error);
    for (String name : MessageNames.quoted(error.message())) {
      // A message has no schema where the statement may have one.
      if (mentioned.stream().noneMatch(relation -> relation.name().equals(name))) {
        names.add(QualifiedName.of(name));
      }
    }
    names.addAll(mentioned);
    if (names.isEmpty()) {
      return List.of();
    }
    List<RelationFacts> facts = new ArrayList<>();
    for (Row row :
        control.query(
            "SELECT n.nspname, c.relname, CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table'"
                + " WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index'"
                + " WHEN 'I' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'"
                + " ELSE 'type' END, pg_catalog.pg_get_userbyid(c.relowner),"
                + " (SELECT string_agg(a.attname, E'\\n' ORDER BY a.attnum)"
                + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0"
                + " AND NOT a.attisdropped), (WITH RECURSIVE up AS (SELECT inhparent"
                + " FROM pg_catalog.pg_inherits WHERE inhrelid = c.oid UNION SELECT i.inhparent"
                + " FROM pg_catalog.pg_inherits i JOIN up ON i.inhrelid = up.inhparent)"
                + " SELECT string_agg(pn.nspname || '.' || p.relname, E'\\n') FROM up"
                + " JOIN pg_catalog.pg_class p ON p.oid = up.inhparent"
                + " JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace)"
                + " FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.oid >= 16384 AND c.relname IN ("
                + names.stream()
                    .map(name -> Identifiers.literal(name.name()))
                    .distinct()
                    .collect(Collectors.joining(", "))
                + ") ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname")) {
      QualifiedName name = QualifiedName.of(row.text(0), row.text(1));
      if (names.stream().anyMatch(name::matches) && facts.size() < MOST_RELATIONS) {
        List<String> columns = row.text(4).lines().toList();
        List<QualifiedName> ancestors = row.text(5).lines().map(QualifiedName::ofMessage).toList();
        facts.add(new RelationFacts(name, row.text(2), row.text(3), columns, ancestors));
      }
    }
    return facts;
  }

  /** The relations that the statement names, or one that its code has put together. */
  private static Set<QualifiedName> mentioned(Statement statement, ServerError error) {
    Set<QualifiedName> names = new LinkedHashSet<>(Mentions.relations(statement));
    for (String quoted : error.where().map(MessageNames::quoted).orElse(List.of())) {
      Script.of(SourceText.of(quoted))
          .statements()
          .forEach(s -> names.addAll(Mentions.relations(s)));
    }
    return names;
  }

  /** Tables of the schema, not of a migration, that the statement or what it calls reads. */
  private List<QualifiedName> emptyTables(Statement statement, ServerError error) {
    if (!DataDependent.mayBe(error)) {
      return List.of();
    }
    Set<QualifiedName> names = new LinkedHashSet<>();
    if (error.is(SqlState.FOREIGN_KEY_VIOLATION)) {
      referencedBy(error, names);
      if (names.isEmpty()) {
        // The constraint itself was made by the failed transaction.
        error
            .detail()
            .map(MessageNames::quoted)
            .filter(quoted -> !quoted.isEmpty())
            .ifPresent(quoted -> names.add(QualifiedName.of(quoted.getLast())));
      }
    } else {
      names.addAll(Mentions.reads(statement));
      calledBodies(error).forEach(body -> names.addAll(Mentions.reads(body)));
    }
    List<QualifiedName> empty = new ArrayList<>();
    for (Row row : tables(names)) {
      QualifiedName name = QualifiedName.of(row.text(0), row.text(1));
      if (isEmpty(name) && names.stream().anyMatch(name::matches)) {
        empty.add(name);
      }
    }
    return empty;
  }

  /** A table that cannot be read is not taken for empty. */
  private boolean isEmpty(QualifiedName table) {
    String question = "SELECT EXISTS (SELECT FROM " + Identifiers.quote(table) + ")";
    return known(() -> control.query(question)).stream().anyMatch(row -> !row.isTrue(0));
  }

  /** The table that a violated foreign key references. */
  private void referencedBy(ServerError error, Set<QualifiedName> names) {
    if (error.constraint().isPresent()) {
      for (Row row :
          control.query(
              "SELECT n.nspname, c.relname FROM pg_catalog.pg_constraint k"
                  + " JOIN pg_catalog.pg_class c ON c.oid = k.confrelid"
                  + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE k.contype = 'f' AND k.conname = "
                  + Identifiers.literal(error.constraint().get())
                  + error
                      .table()
                      .map(
                          table ->
                              " AND k.conrelid IN (SELECT oid FROM pg_catalog.pg_class"
                                  + " WHERE relname = "
                                  + Identifiers.literal(table)
                                  + ")")
                      .orElse(""))) {
        names.add(QualifiedName.of(row.text(0), row.text(1)));
      }
    }
  }

  private List<Row> tables(Set<QualifiedName> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    return control.query(
        "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND c.oid::bigint <= "
            + newestBefore
            + " AND c.relname IN ("
            + names.stream()
                .map(name -> Identifiers.literal(name.name()))
                .distinct()
                .collect(Collectors.joining(", "))
            + ")");
  }

  /** The bodies of the functions that the error's context names. */
  private List<Statement> calledBodies(ServerError error) {
    List<Statement> bodies = new ArrayList<>();
    for (String frame : error.where().orElse("").lines().toList()) {
      int open = frame.indexOf('(');
      if (open > 0) {
        String before = frame.substring(0, open).replace("\"", "");
        String name = before.substring(before.lastIndexOf(' ') + 1);
        for (Row row :
            control.query(
                "SELECT prosrc FROM pg_catalog.pg_proc WHERE oid >= 16384 AND proname = "
                    + Identifiers.literal(name.substring(name.lastIndexOf('.') + 1)))) {
          String wrapped = "DO $preflight_body$" + row.text(0) + "$preflight_body$";
          bodies.addAll(Script.of(SourceText.of(wrapped)).statements());
        }
      }
    }
    return bodies;
  }

  @Override
  public void close() {
    control.close();
  }
}
