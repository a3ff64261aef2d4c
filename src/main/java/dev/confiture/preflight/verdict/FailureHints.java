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
import dev.confiture.preflight.verdict.DuplicateHints.DuplicateObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Tells what the statement, the catalog and the earlier migrations of a run know about a failure
 * beyond the server's words. It helps to mend the failure; no outcome depends on it.
 */
public final class FailureHints {

  private static final int MOST_TABLES = 3;

  /** The class of SQLSTATEs of syntax errors and of names that mean nothing. */
  private static final String SYNTAX_OR_NAME = "42";

  private static final Set<String> WITHOUT_COLUMNS = Set.of("index", "sequence");

  private static final Set<String> NOT_FOUND =
      Set.of(
          SqlState.UNDEFINED_COLUMN,
          SqlState.UNDEFINED_TABLE,
          SqlState.UNDEFINED_FUNCTION,
          SqlState.UNDEFINED_OBJECT);

  private final DuplicateHints duplicates;
  private final UnaryOperator<String> words;

  private FailureHints(DuplicateHints duplicates, UnaryOperator<String> words) {
    this.duplicates = duplicates;
    this.words = words;
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

  /** Looks into these migrations, which are all of a run, in order. */
  public static FailureHints of(List<JudgedMigration> migrations) {
    return new FailureHints(DuplicateHints.of(migrations), UnaryOperator.identity());
  }

  /** Returns the same with the engine's own advice in other words. */
  public FailureHints worded(UnaryOperator<String> other) {
    return new FailureHints(duplicates, other);
  }

  /** Returns a sentence of advice in the words of whoever reads it. */
  public String advice(String sentence) {
    return words.apply(sentence);
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

  /** Names what cannot be seen in the text of an error of syntax or of a name, a clause each. */
  public List<String> oddCharacters(Failure failure) {
    String state = failure.error().sqlState();
    return state.startsWith(SYNTAX_OR_NAME) || state.equals(SqlState.FEATURE_NOT_SUPPORTED)
        ? failure.statement().map(place -> OddCharacters.of(place.statement())).orElse(List.of())
        : List.of();
  }

  /**
   * Returns the relations of the name that was not found, in schemas that the migration's session
   * does not look into.
   */
  public List<QualifiedName> inOtherSchemas(Failure failure) {
    Optional<QualifiedName> wanted =
        MessageNames.quoted(failure.error().message()).stream()
            .findFirst()
            .map(QualifiedName::ofMessage)
            .filter(name -> name.schema().isEmpty());
    return failure.error().is(SqlState.UNDEFINED_TABLE) && wanted.isPresent()
        ? failure.evidence().relations().stream()
            .map(RelationFacts::name)
            .filter(name -> name.name().equals(wanted.get().name()))
            .toList()
        : List.of();
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
                    table.name(), table.columnNames(), closest(wanted, table.columnNames())))
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
        tables.stream().filter(t -> closest(wanted, t.columnNames()).isPresent()).toList();
    List<RelationFacts> all = similar.isEmpty() ? tables : similar;
    return all.subList(0, Math.min(MOST_TABLES, all.size()));
  }

  /** Returns the name that a misspelt one may mean: by the fewest edits, fewer than half of it. */
  static Optional<String> closest(String wanted, List<String> names) {
    Optional<String> best = Optional.empty();
    int most = Math.min(Math.max(2, wanted.length() / 3), (wanted.length() - 1) / 2);
    int fewest = most + 1;
    for (String name : names) {
      int edits = edits(wanted, name);
      if (edits < fewest && edits > 0) {
        fewest = edits;
        best = Optional.of(name);
      }
    }
    return best;
  }

  /** Counts the edits from one to the other: Levenshtein's distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[to.length()];
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
    return duplicates.of(failure, file);
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
