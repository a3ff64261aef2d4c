package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.QueriedText;
import dev.confiture.preflight.migrations.ReadText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What is known of a file's text: all of it, or what its tool has read by the rows that the file's
 * own queries have found so far. Up to the last query that was answered a place in it stays that
 * place, and what a query has found once counts whenever the file is sent again.
 */
final class KnownText {

  private final Function<MigrationText.Sql, Script> words;
  private Script script;
  private Optional<ReadText> read = Optional.empty();
  private Optional<QueriedText> queried;
  private OptionalInt end = OptionalInt.empty();
  private int answers;

  /** Makes a text of which all is known. */
  KnownText(Script script) {
    this.words = MigrationText.Sql::script;
    this.script = script;
    this.queried = Optional.empty();
  }

  /**
   * Makes a text as it is known before it is sent.
   *
   * @param words what is sent of a text
   */
  KnownText(MigrationText.Sql text, Function<MigrationText.Sql, Script> words) {
    this.words = words;
    this.script = words.apply(text);
    this.queried = text.queried();
  }

  /** Returns the statements: those that may follow, behind a query that was not sent yet. */
  Script script() {
    return script;
  }

  /** Returns the query whose rows decide what follows, if this statement is it. */
  Optional<QueriedText.Query> query(Statement statement) {
    return queried.flatMap(QueriedText::query).filter(query -> query.start() == statement.start());
  }

  /** Returns how many queries were answered. */
  int answers() {
    return answers;
  }

  /** Returns true if a place is behind a query that was not answered, and may be another's then. */
  boolean isBehindQuery(int offset) {
    return queried.flatMap(QueriedText::query).filter(query -> query.start() < offset).isPresent();
  }

  /** Ends the known text behind a query: what its rows make of the rest cannot be sent. */
  void endsWith(Statement query) {
    end = OptionalInt.of(query.start());
  }

  /** Returns true if nothing behind this statement is known, or can be sent. */
  boolean isKnownUpTo(Statement statement) {
    return query(statement).isPresent() || (end.isPresent() && end.getAsInt() == statement.start());
  }

  /** Returns the value of a query's row that holds a statement, if one does. */
  Optional<QueriedText.Generated> generated(Statement statement) {
    return queried.stream()
        .flatMap(text -> text.generated().stream())
        .filter(value -> value.place().contains(statement.start()))
        .findFirst();
  }

  /** Forgets what the queries have found: they are asked anew. */
  void restart() {
    ReadText first = queried.orElseThrow().unanswered();
    answers = 0;
    read = Optional.of(first);
    queried = first.text().queried();
    script = words.apply(first.text());
  }

  /** Reads on with the rows of the query; returns what cannot be sent of it. */
  List<Refusal> readOn(QueriedText.Rows rows) {
    answers++;
    ReadText next = queried.orElseThrow().with(rows);
    read = Optional.of(next);
    queried = next.text().queried();
    script = words.apply(next.text());
    return next.refusals().stream()
        .filter(
            refusal ->
                switch (refusal.stage()) {
                  case TEXT, NOT_RUN, NOT_REHEARSABLE -> true;
                  case FILE -> false;
                })
        .toList();
  }

  /** Returns a migration with all that is known of it. */
  Migration in(Migration migration) {
    return read.map(migration::with).orElse(migration);
  }
}
