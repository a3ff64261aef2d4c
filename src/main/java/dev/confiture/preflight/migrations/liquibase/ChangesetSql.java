package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SQL of one changeset, as it is put together: all of one file, each part at its place. */
final class ChangesetSql {

  private final SourceText file;
  private final int[] sent;
  private final List<Integer> starts = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  ChangesetSql(SourceText file) {
    this.file = file;
    this.sent = file.blanked(List.of(new Span(0, file.length()))).text().codePoints().toArray();
  }

  /**
   * Adds the SQL of a change.
   *
   * @param value the text of the change, where the file holds it in other characters
   */
  void add(PlacedText value, Statements.Rule rule) {
    Optional<PlacedText.InFile> placed = value.in(file);
    if (placed.isEmpty()) {
      notPlaced(value);
      return;
    }
    PlacedText.InFile in = placed.get();
    Statements statements = Statements.of(in.text(), in.part(), rule);
    if (Statements.changesStrings(in)) {
      notPlaced(value);
      return;
    }
    starts.addAll(statements.starts());
    SourceText left = in.text().blanked(statements.notSent());
    for (int i = in.part().start(); i < in.part().end(); i++) {
      sent[i] = left.codePointAt(i);
    }
  }

  private void notPlaced(PlacedText value) {
    int start = value.pieces().isEmpty() ? 0 : value.pieces().getFirst().start();
    int end = value.pieces().isEmpty() ? 0 : value.pieces().getLast().end();
    refusals.add(
        new Refusal(
            Refusal.Stage.NOT_REHEARSABLE,
            start,
            end,
            "the SQL is written with escapes or parameters in its strings, and cannot be sent with"
                + " each character at its place",
            Optional.of("put it into an SQL file (sqlFile), or into a block without escapes")));
  }

  /** Returns the text. */
  MigrationText text() {
    SourceText source = SourceText.of(new String(sent, 0, sent.length));
    return new MigrationText.Sql(file, Script.of(source, starts));
  }

  List<Integer> starts() {
    return List.copyOf(starts);
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }
}
