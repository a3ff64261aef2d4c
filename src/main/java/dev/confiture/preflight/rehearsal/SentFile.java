package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One file as its tool sends it, whole or without some of its parts. What is left out is blanked,
 * so that offsets stay those of the file.
 *
 * @param text its text
 * @param evidence what the catalog knows
 * @param execution how its tool executes it
 * @param ending what follows its last message
 */
record SentFile(
    MigratingSession session,
    Transactions transactions,
    MigratedDatabase database,
    KnownText text,
    CatalogEvidence evidence,
    Execution execution,
    Delivery.Ending ending) {

  /** Returns its statements, as far as they are known. */
  Script script() {
    return text.script();
  }

  /** Returns the text without these parts, in the words that are sent. */
  SentScript without(Set<Span> leftOut) {
    SentScript sent = SentScript.of(leftOut.isEmpty() ? script() : blanked(leftOut), database);
    database.mayMake(sent.roles());
    return sent;
  }

  private Script blanked(Set<Span> places) {
    // What was found at a place of the text as it was read on, may be behind its end before that.
    int length = script().source().length();
    SourceText source =
        script()
            .source()
            .blanked(
                places.stream()
                    .filter(place -> place.start() < length)
                    .map(place -> new Span(place.start(), Math.min(place.end(), length)))
                    .toList());
    return execution
        .parts()
        .map(starts -> Script.of(source, starts))
        .orElseGet(() -> script().resplit(source));
  }

  /** Prepares to send the text without these parts. */
  Delivery delivery(Set<Span> leftOut) {
    return new Delivery(this, leftOut);
  }

  /** Returns the same file, whose effect stays although it fails by itself. */
  SentFile kept() {
    return new SentFile(
        session,
        transactions,
        database,
        text,
        evidence,
        execution,
        ending == Delivery.Ending.TAKEN_BACK ? Delivery.Ending.KEPT : ending);
  }

  /** Returns the places of a statement: its text and, of a COPY, its data. */
  Set<Span> spans(Statement statement) {
    Set<Span> spans = new LinkedHashSet<>();
    spans.add(new Span(statement.start(), statement.tokens().getLast().end()));
    for (Piece piece : script().pieces()) {
      if (piece instanceof Piece.CopyData data && data.copy().start() == statement.start()) {
        spans.add(new Span(data.start(), data.end()));
      }
    }
    return spans;
  }

  /** Returns the file's own statement of which a sent one may be only a part. */
  Statement original(Statement sent) {
    return script().statements().stream()
        .filter(statement -> statement.start() == sent.start())
        .findFirst()
        .orElse(sent);
  }

  /** Returns the file's statements that hold one of these places. */
  List<Statement> holding(Span place) {
    List<Statement> found = new ArrayList<>();
    for (Statement statement : script().statements()) {
      if (place.start() < statement.end() && statement.start() < place.end()) {
        found.add(statement);
      }
    }
    return found;
  }
}
