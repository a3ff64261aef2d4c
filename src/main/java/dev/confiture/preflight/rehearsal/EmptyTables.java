package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.RoutineBody;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of the schema, not of a migration, that a failed statement reads and that are empty
 * here: itself, through views, or in the functions that it calls.
 */
final class EmptyTables {

  /** First words of what reads rows and does not define anything. */
  private static final Set<String> READING =
      Set.of("select", "insert", "update", "delete", "merge", "with", "values", "(", "do", "call");

  /** Words behind CREATE that begin a table, which a query may fill. */
  private static final Set<String> MADE_BY_QUERY =
      Set.of("table", "unlogged", "temp", "temporary", "local", "global");

  private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

  /**
   * <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Classes of errors</a>
   * about values: cardinality, data, integrity, check option.
   */
  private static final List<String> OF_VALUES = List.of("21", "22", "23", "44");

  /** Functions of the server that refuse a materialized view without data (17 renamed one). */
  private static final Set<String> OF_VIEWS_WITHOUT_DATA =
      Set.of("ExecOpenScanRelation", "ExecRefreshMatView", "RefreshMatViewByOid");

  private final Questions questions;
  private final long newestBefore;

  /** The tables that had no row before the files ran; not asked for where nothing needs them. */
  private final Set<QualifiedName> emptyBefore;

  /** The materialized views, by their oids, that have no data here and may have in production. */
  private final String unpopulated;

  /**
   * Looks at a database before files run in it.
   *
   * @param forQueries true if files have queries whose rows decide what they send
   */
  EmptyTables(Questions questions, boolean viewsAsInProduction, boolean forQueries) {
    this.questions = questions;
    this.emptyBefore = forQueries ? empty() : Set.of();
    this.unpopulated =
        viewsAsInProduction
            ? ""
            : questions
                .ask(
                    "SELECT oid FROM pg_catalog.pg_class WHERE relkind = 'm' AND NOT relispopulated")
                .stream()
                .map(row -> row.text(0))
                .collect(Collectors.joining(", "));
    // Oids grow: a relation with a larger one was made by a migration. A counter that wraps within
    // one rehearsal is not provided for.
    this.newestBefore =
        Long.parseLong(
            questions
                .ask("SELECT coalesce(max(oid::bigint), 0) FROM pg_catalog.pg_class")
                .getFirst()
                .text(0));
  }

  private Set<QualifiedName> empty() {
    Set<QualifiedName> empty = new LinkedHashSet<>();
    for (Row row :
        questions.ask(
            "SELECT n.nspname, c.relname, pg_catalog.pg_relation_size(c.oid) = 0"
                + " FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384")) {
      QualifiedName table = QualifiedName.of(row.text(0), row.text(1));
      // Rows that were rolled back leave their pages.
      if (row.isTrue(2) || isEmpty(table, false)) {
        empty.add(table);
      }
    }
    return empty;
  }

  private EmptyTables(Questions questions, EmptyTables other) {
    this.questions = questions;
    this.newestBefore = other.newestBefore;
    this.emptyBefore = other.emptyBefore;
    this.unpopulated = other.unpopulated;
  }

  /**
   * Returns those that a query reads which passes, and those that only the files have filled. One
   * that the session may not read by itself counts as empty.
   */
  List<QualifiedName> readBy(Statement query, Questions session) {
    return new EmptyTables(session, this).readBy(query);
  }

  private List<QualifiedName> readBy(Statement query) {
    List<Statement> statements = new ArrayList<>(List.of(query));
    Set<String> called = new TreeSet<>();
    Set<String> next = Mentions.functions(query);
    while (!next.isEmpty()) {
      called.addAll(next);
      List<Statement> bodies = bodies(next, "");
      statements.addAll(bodies);
      next =
          bodies.stream()
              .flatMap(body -> Mentions.functions(body).stream())
              .filter(function -> !called.contains(function))
              .collect(Collectors.toSet());
    }
    Set<QualifiedName> names = mentioned(statements);
    boolean conflicts = query.tokens().stream().anyMatch(token -> token.is("conflict"));
    if (query.is(0, "update") || conflicts) {
      Effects.ofRows(query).forEach(effect -> names.add(effect.object().name()));
    }
    return tables(names).stream()
        .filter(table -> emptyBefore.contains(table) || isEmpty(table, true))
        .toList();
  }

  List<QualifiedName> of(Statement statement, ServerError error) {
    if (OF_VIEWS_WITHOUT_DATA.contains(error.routine().orElse(""))) {
      return views(statement, error);
    }
    if (!mayDependOnRows(statement, error)) {
      return List.of();
    }
    return tables(
            error.is(SqlState.FOREIGN_KEY_VIOLATION) ? referenced(error) : read(statement, error))
        .stream()
        .filter(table -> isEmpty(table, false))
        .toList();
  }

  /**
   * Returns the materialized views that an error names and that have had no data from the start.
   */
  private List<QualifiedName> views(Statement statement, ServerError error) {
    Set<String> names =
        Stream.concat(
                MessageNames.quoted(error.message()).stream().map(QualifiedName::ofMessage),
                refreshed(statement).stream())
            .map(QualifiedName::name)
            .collect(Collectors.toSet());
    if (unpopulated.isEmpty() || names.isEmpty()) {
      return List.of();
    }
    return questions
        .ask(
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE NOT c.relispopulated AND c.oid IN ("
                + unpopulated
                + ") AND c.relname IN ("
                + names.stream().map(Identifiers::literal).collect(Collectors.joining(", "))
                + ") ORDER BY 1, 2")
        .stream()
        .map(row -> QualifiedName.of(row.text(0), row.text(1)))
        .toList();
  }

  /**
   * Returns true for a violated foreign key, and for what went wrong with a value while a query,
   * DML statement, call or block ran: with rows it may have gone another way. DDL goes the same. A
   * command that the server refuses before it runs is refused with rows too, but for one of a body
   * that branches.
   */
  private static boolean mayDependOnRows(Statement statement, ServerError error) {
    if (error.is(SqlState.FOREIGN_KEY_VIOLATION)) {
      return true;
    }
    if (!runsQuery(statement) || error.position() > 0) {
      return false;
    }
    return error.isRaised()
        || (OF_VALUES.stream().anyMatch(error.sqlState()::startsWith)
            && error.internalPosition() == 0)
        || branches(statement, error);
  }

  /** Returns true for a query, and for what fills a table or a materialized view by one. */
  private static boolean runsQuery(Statement statement) {
    return READING.contains(statement.tokens().getFirst().text().toLowerCase(Locale.ROOT))
        || refreshed(statement).isPresent()
        || statement.startsWith("create", "materialized")
        || (statement.is(0, "create")
            && MADE_BY_QUERY.contains(statement.tokens().get(1).identifier())
            && statement.tokens().stream().anyMatch(token -> token.is("as"))
            && statement.tokens().stream().anyMatch(token -> QUERIES.contains(token.identifier())));
  }

  /** Returns the materialized view whose query a statement runs. */
  private static Optional<QualifiedName> refreshed(Statement statement) {
    return statement.startsWith("refresh", "materialized", "view")
        ? Mentions.relations(statement).stream().findFirst()
        : Optional.empty();
  }

  /** Returns true if a block's own body branches, or the error comes from a function. */
  private static boolean branches(Statement statement, ServerError error) {
    if (error.where().isEmpty()) {
      return false;
    }
    // The command, which may have lines of its own, and the line of the block.
    String calls = error.where().get().replace(error.innerCommand().orElse(""), "");
    return !statement.is(0, "do") || calls.lines().count() > 2 || RoutineBody.branches(statement);
  }

  private static Set<QualifiedName> mentioned(List<Statement> statements) {
    return statements.stream()
        .flatMap(statement -> Mentions.reads(statement).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Set<QualifiedName> read(Statement statement, ServerError error) {
    Set<String> functions = new TreeSet<>(Mentions.functions(statement));
    for (String frame : error.where().orElse("").lines().toList()) {
      int open = frame.indexOf('(');
      if (open > 0) {
        String before = frame.substring(0, open).replace("\"", "");
        String name = before.substring(before.lastIndexOf(' ') + 1);
        functions.add(name.substring(name.lastIndexOf('.') + 1));
      }
    }
    // What the server refused before it ran has read nothing.
    String refused = error.internalPosition() > 0 ? error.internalQuery().orElse("").strip() : "";
    List<Statement> statements = new ArrayList<>(bodies(functions, refused));
    statements.addAll(
        refused.isEmpty() || !statement.is(0, "do")
            ? List.of(statement)
            : Script.of(SourceText.of(statement.text().replace(refused, ""))).statements());
    Set<QualifiedName> tables = mentioned(statements);
    refreshed(statement).ifPresent(tables::add);
    return tables;
  }

  private List<Statement> bodies(Set<String> functions, String without) {
    if (functions.isEmpty()) {
      return List.of();
    }
    return questions
        .ask(
            "SELECT CASE prosrc WHEN '' THEN pg_catalog.pg_get_functiondef(oid) ELSE prosrc END"
                + " FROM pg_catalog.pg_proc WHERE oid >= 16384 AND prokind <> 'a' AND proname IN ("
                + functions.stream().map(Identifiers::literal).collect(Collectors.joining(", "))
                + ")")
        .stream()
        .map(row -> "DO $preflight_body$" + row.text(0).replace(without, "") + "$preflight_body$")
        .flatMap(body -> Script.of(SourceText.of(body)).statements().stream())
        .toList();
  }

  /** Returns the table that a violated foreign key references. */
  private Set<QualifiedName> referenced(ServerError error) {
    Set<QualifiedName> names = new LinkedHashSet<>();
    if (error.constraint().isPresent()) {
      for (Row row :
          questions.ask(
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
    if (names.isEmpty()) {
      // The constraint itself was made by the failed transaction.
      error
          .detail()
          .map(MessageNames::quotedAndParts)
          .filter(quoted -> !quoted.isEmpty())
          .ifPresent(quoted -> names.add(QualifiedName.of(quoted.getLast())));
    }
    return names;
  }

  /** Returns the tables of these names, and those that views of these names read. */
  private List<QualifiedName> tables(Set<QualifiedName> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    String oids =
        questions
            .ask(
                "SELECT n.nspname, c.relname, c.oid FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.oid >= 16384 AND c.relname IN ("
                    + names.stream()
                        .map(name -> Identifiers.literal(name.name()))
                        .distinct()
                        .collect(Collectors.joining(", "))
                    + ")")
            .stream()
            .filter(
                row -> names.stream().anyMatch(QualifiedName.of(row.text(0), row.text(1))::matches))
            .map(row -> row.text(2))
            .collect(Collectors.joining(", "));
    if (oids.isEmpty()) {
      return List.of();
    }
    return questions
        .ask(
            "WITH RECURSIVE reached AS (SELECT oid FROM pg_catalog.pg_class WHERE oid IN ("
                + oids
                + ") UNION SELECT d.refobjid FROM reached v"
                + " JOIN pg_catalog.pg_rewrite w ON w.ev_class = v.oid"
                + " JOIN pg_catalog.pg_depend d ON d.objid = w.oid"
                + " AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass"
                + " AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)"
                + " SELECT n.nspname, c.relname FROM reached r"
                + " JOIN pg_catalog.pg_class c ON c.oid = r.oid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND c.oid::bigint <= "
                + newestBefore
                // Reading a table reads those that inherit from it: not another server's.
                + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i"
                + " JOIN pg_catalog.pg_class f ON f.oid = i.inhrelid WHERE f.relkind = 'f')"
                + " ORDER BY 1, 2")
        .stream()
        .map(row -> QualifiedName.of(row.text(0), row.text(1)))
        .toList();
  }

  /** Returns true if the table has no row. */
  private boolean isEmpty(QualifiedName table, boolean whereUnreadable) {
    try {
      return !questions
          .ask("SELECT EXISTS (SELECT FROM " + Identifiers.quote(table) + ")")
          .getFirst()
          .isTrue(0);
    } catch (SessionException refused) {
      return whereUnreadable;
    }
  }
}
