package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RelationFacts;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells what the statement, the catalog and the earlier migrations of a run know about a failure
 * beyond the server's words. It helps to mend the failure; no outcome depends on it.
 */
public final class FailureHints {

  private static final int MOST_TABLES = 3;
  private static final Set<String> WITHOUT_COLUMNS = Set.of("index", "sequence");

  private static final Set<String> NOT_FOUND =
      Set.of(
          SqlState.UNDEFINED_COLUMN,
          SqlState.UNDEFINED_TABLE,
          SqlState.UNDEFINED_FUNCTION,
          SqlState.UNDEFINED_OBJECT);

  private static final Set<String> DUPLICATES =
      Set.of(
          SqlState.DUPLICATE_TABLE,
          SqlState.DUPLICATE_COLUMN,
          SqlState.DUPLICATE_OBJECT,
          SqlState.DUPLICATE_FUNCTION,
          SqlState.DUPLICATE_SCHEMA);

  private final CreatedBy created;

  private FailureHints(CreatedBy created) {
    this.created = created;
  }

  /**
   * A name that the statement uses elsewhere too: PostgreSQL stops at the first error.
   *
   * @param lines of the file, in order
   */
  public record AlsoUsed(String name, List<Integer> lines) {
    public AlsoUsed {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A table that does not have the column that was asked for.
   *
   * @param closest the column whose name differs least, where it differs little
   */
  public record Columns(QualifiedName table, List<String> columns, Optional<String> closest) {
    public Columns {
      columns = List.copyOf(columns);
    }
  }

  /**
   * An object that exists already.
   *
   * @param relation what the schema has, where it is a relation
   * @param fileColumns the columns that the file gives the table; empty where it is no table, or
   *     they come from elsewhere
   * @param earlier the earlier migration of the run that made it
   */
  public record DuplicateObject(
      Optional<RelationFacts> relation,
      List<RelationFacts.Column> fileColumns,
      Optional<Earlier> earlier) {
    public DuplicateObject {
      fileColumns = List.copyOf(fileColumns);
    }
  }

  /**
   * An earlier migration of the run that made an object.
   *
   * @param line of its file
   * @param ifNotExists true if it makes the object only where there is none
   */
  public record Earlier(MigrationFile file, int line, boolean ifNotExists) {}

  /** Looks into these migrations, which are all of a run, in order. */
  public static FailureHints of(List<JudgedMigration> migrations) {
    return new FailureHints(CreatedBy.of(migrations));
  }

  /** Returns the lines of the statement on which the name that was not found stands too. */
  public Optional<AlsoUsed> alsoUsed(Failure failure) {
    Optional<String> name = namedObject(failure);
    if (failure.statement().isEmpty()
        || name.isEmpty()
        || !NOT_FOUND.contains(failure.error().sqlState())) {
      return Optional.empty();
    }
    Statement statement = failure.statement().get().statement();
    Set<Integer> lines = new TreeSet<>();
    for (Token token : statement.tokens()) {
      if (token.isIdentifier() && token.identifier().equals(name.get())) {
        lines.add(statement.source().position(token.start()).line());
      }
    }
    lines.remove(failure.place().start().line());
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(new AlsoUsed(name.get(), List.copyOf(lines)));
  }

  /** Returns the tables of the statement, for a column that does not exist. */
  public List<Columns> missingColumn(Failure failure) {
    if (!failure.error().is(SqlState.UNDEFINED_COLUMN)) {
      return List.of();
    }
    String wanted = namedObject(failure).orElse("");
    List<RelationFacts> tables =
        failure.evidence().relations().stream()
            .filter(r -> !r.columns().isEmpty() && !WITHOUT_COLUMNS.contains(r.kind()))
            .toList();
    return meant(failure, wanted, tables).stream()
        .map(
            table ->
                new Columns(
                    table.name(), table.columnNames(), ClosestName.of(wanted, table.columnNames())))
        .toList();
  }

  /** Returns the table that the message means; else those with a similar column; else all. */
  private static List<RelationFacts> meant(
      Failure failure, String wanted, List<RelationFacts> tables) {
    Optional<RelationFacts> table =
        namedTable(failure)
            .flatMap(
                name -> tables.stream().filter(facts -> isMeant(facts, name, failure)).findFirst());
    if (table.isPresent()) {
      return List.of(table.get());
    }
    List<RelationFacts> similar =
        tables.stream().filter(t -> ClosestName.of(wanted, t.columnNames()).isPresent()).toList();
    List<RelationFacts> all = similar.isEmpty() ? tables : similar;
    return all.subList(0, Math.min(MOST_TABLES, all.size()));
  }

  private static boolean isMeant(RelationFacts table, String name, Failure failure) {
    Set<QualifiedName> meant =
        failure
            .statement()
            .map(place -> Mentions.meantBy(name, place.statement()))
            .orElse(Set.of());
    return meant.isEmpty()
        ? table.name().name().equals(name)
        : meant.stream().anyMatch(table.name()::matches);
  }

  /** Returns what is known of an object that the statement would make and that exists. */
  public Optional<DuplicateObject> duplicateObject(Failure failure, MigrationFile file) {
    if (!DUPLICATES.contains(failure.error().sqlState())) {
      return Optional.empty();
    }
    Optional<String> name = namedObject(failure);
    Optional<RelationFacts> relation =
        failure.error().is(SqlState.DUPLICATE_TABLE)
            ? failure.evidence().relations().stream()
                .filter(r -> name.filter(r.name().name()::equals).isPresent())
                .findFirst()
            : Optional.empty();
    List<RelationFacts.Column> columns = new ArrayList<>();
    if (relation.filter(r -> r.kind().equals("table")).isPresent()) {
      failure
          .statement()
          .ifPresent(
              place -> columns.addAll(TableColumns.of(place.statement(), name.orElseThrow())));
    }
    return Optional.of(
        new DuplicateObject(
            relation, columns, name.flatMap(n -> created.earlier(n, failure, file))));
  }

  /**
   * Returns the name of what does not exist, or exists already, without its schema or table: the
   * one in quotes, else the one at the place of the error.
   */
  static Optional<String> namedObject(Failure failure) {
    return MessageNames.quoted(failure.error().message()).stream()
        .findFirst()
        .map(name -> QualifiedName.ofMessage(name).name())
        .or(() -> named(failure).stream().reduce((_, last) -> last));
  }

  /** Returns the table that the object belongs to, or what a column's qualifier calls it. */
  static Optional<String> namedTable(Failure failure) {
    List<String> named = named(failure);
    return failure
        .error()
        .table()
        .or(() -> MessageNames.quoted(failure.error().message()).stream().skip(1).findFirst())
        .map(name -> QualifiedName.ofMessage(name).name())
        .or(() -> named.size() > 1 ? Optional.of(named.get(named.size() - 2)) : Optional.empty());
  }

  /** Returns the name at the place of the error. */
  private static List<String> named(Failure failure) {
    return failure
        .statement()
        .map(place -> place.statement().nameAt(failure.place().start()))
        .orElse(List.of());
  }
}
