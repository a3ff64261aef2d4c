package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the clone's catalog about the objects of a failed statement: it sees what was committed, or
 * what the files before have made, not what the failed transaction made.
 */
final class CatalogEvidence {

  private static final int MOST_RELATIONS = 5;

  private final Transactions questions;
  private final RoleRights rights;
  private final EmptyTables emptyTables;
  private Set<String> invalidBefore;

  /**
   * Begins to watch a database.
   *
   * @param rights how far those of the migration role are known
   * @param viewsAsInProduction true if those materialized views are populated that production's are
   * @param forQueries true if files have queries whose rows decide what they send
   */
  CatalogEvidence(
      Transactions questions, RoleRights rights, boolean viewsAsInProduction, boolean forQueries) {
    this.questions = questions;
    this.rights = rights;
    this.emptyTables = new EmptyTables(questions, viewsAsInProduction, forQueries);
    this.invalidBefore = invalidIndexes();
  }

  /** Returns what the catalog says about a failed statement. */
  Evidence of(Statement statement, ServerError error) {
    return new Evidence(
        known(() -> relations(statement, error)),
        known(() -> emptyTables.of(statement, error)),
        Set.copyOf(known(() -> List.copyOf(questions.facts(error)))),
        known(() -> UnknownRight.of(statement, error, questions, rights).stream().toList()).stream()
            .findFirst(),
        Optional.empty());
  }

  /**
   * Returns the tables of the schema that a query of a file's own reads, and whose rows a schema
   * without data does not have.
   *
   * @param session asks as the file would, behind what it has done so far
   */
  List<QualifiedName> tablesWithoutRows(Statement query, Questions session) {
    return known(() -> emptyTables.readBy(query, session));
  }

  /** Returns the answer to a question; nothing where the server refuses it. */
  private static <T> List<T> known(Supplier<List<T>> question) {
    try {
      return question.get();
    } catch (SessionException refused) {
      return List.of();
    }
  }

  /** Returns the indexes that became invalid since the last call. */
  Set<String> newInvalidIndexes() {
    Set<String> now = invalidIndexes();
    Set<String> added = new TreeSet<>(now);
    added.removeAll(invalidBefore);
    invalidBefore = now;
    return added;
  }

  /** Drops the new invalid indexes: a statement that is left out leaves none behind. */
  void dropNewInvalidIndexes() {
    for (String index : newInvalidIndexes()) {
      known(() -> questions.ask("DROP INDEX IF EXISTS " + index));
    }
  }

  private Set<String> invalidIndexes() {
    try {
      return questions
          .ask(
              "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)"
                  + " FROM pg_catalog.pg_index i"
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
    for (String name : MessageNames.quotedAndParts(error.message())) {
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
        questions.ask(
            "SELECT n.nspname, c.relname, CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN"
                + " 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN"
                + " 'index' WHEN 'I' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign"
                + " table' ELSE 'type' END, pg_catalog.pg_get_userbyid(c.relowner), (SELECT"
                + " string_agg(a.attname || E'\\x1F' || pg_catalog.format_type(a.atttypid,"
                + " a.atttypmod), E'\\n"
                + "' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND"
                + " a.attnum > 0 AND NOT a.attisdropped), (WITH RECURSIVE up AS (SELECT inhparent"
                + " FROM pg_catalog.pg_inherits WHERE inhrelid = c.oid UNION SELECT i.inhparent"
                + " FROM pg_catalog.pg_inherits i JOIN up ON i.inhrelid = up.inhparent) SELECT"
                + " string_agg(pn.nspname || '.' || p.relname, E'\\n"
                + "') FROM up JOIN pg_catalog.pg_class p ON p.oid = up.inhparent JOIN"
                + " pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace) FROM pg_catalog.pg_class"
                + " c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid >= 16384"
                + " AND c.relname IN ("
                + names.stream()
                    .map(name -> Identifiers.literal(name.name()))
                    .distinct()
                    .collect(Collectors.joining(", "))
                + ") ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname")) {
      QualifiedName name = QualifiedName.of(row.text(0), row.text(1));
      if (names.stream().anyMatch(name::matches) && facts.size() < MOST_RELATIONS) {
        List<RelationFacts.Column> columns =
            row.text(4).lines().map(CatalogEvidence::column).toList();
        List<QualifiedName> ancestors = row.text(5).lines().map(QualifiedName::ofMessage).toList();
        facts.add(new RelationFacts(name, row.text(2), row.text(3), columns, ancestors));
      }
    }
    return facts;
  }

  private static RelationFacts.Column column(String nameAndType) {
    String[] both = nameAndType.split("\u001f", 2);
    return new RelationFacts.Column(both[0], both.length > 1 ? both[1] : "");
  }

  /**
   * Returns the relations that the statement names, or the command that its code has put together.
   */
  private static Set<QualifiedName> mentioned(Statement statement, ServerError error) {
    Set<QualifiedName> names = new LinkedHashSet<>(Mentions.relations(statement));
    error
        .innerCommand()
        .ifPresent(
            inner ->
                Script.of(SourceText.of(inner))
                    .statements()
                    .forEach(s -> names.addAll(Mentions.relations(s))));
    return names;
  }
}
