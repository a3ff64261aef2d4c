package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The SQL of one changeset, as it is put together: a part of one file, each character at its place.
 * A file may hold many changesets, and so none of them keeps more of it than its own part.
 */
final class ChangesetSql {

  private final SourceText file;
  private final List<PlacedText.InFile> parts = new ArrayList<>();

  /** Offsets of the file, until the part is known that the changeset is. */
  private final List<Integer> starts = new ArrayList<>();

  private final List<Refusal> refusals = new ArrayList<>();

  ChangesetSql(SourceText file) {
    this.file = file;
  }

  /** A part of a file, whose first character has an offset of the file. */
  private record Part(SourceText file, int from) implements SourceText.Origin {

    @Override
    public Position position(int offset) {
      return file.position(Math.clamp(from + (long) offset, 0, file.length()));
    }

    @Override
    public boolean isExact(int offset) {
      return true;
    }
  }

  /**
   * Adds the SQL of a change.
   *
   * @param value the text of the change, where the file holds it in other characters
   */
  void add(PlacedText value, Statements.Rule rule) {
    Optional<PlacedText.InFile> placed = value.in(file);
    if (placed.isEmpty() || Statements.changesStrings(placed.get())) {
      notPlaced(value);
      return;
    }
    PlacedText.InFile in = placed.get();
    Statements statements = Statements.of(in.text(), rule);
    statements.starts().forEach(start -> starts.add(in.from() + start));
    parts.add(new PlacedText.InFile(in.text().blanked(statements.notSent()), in.from(), List.of()));
  }

  /** Adds a refusal of a place of the file, or of the file as a whole. */
  void refuse(Refusal refusal) {
    refusals.add(refusal);
  }

  private void notPlaced(PlacedText value) {
    int start = value.pieces().isEmpty() ? 0 : value.pieces().getFirst().start();
    int end = value.pieces().isEmpty() ? 0 : value.pieces().getLast().end();
    refuse(
        new Refusal(
            Refusal.Stage.NOT_REHEARSABLE,
            start,
            end,
            "the SQL is written with escapes or parameters in its strings, and cannot be sent with"
                + " each character at its place",
            Optional.of("put it into an SQL file (sqlFile), or into a block without escapes")));
  }

  /** Returns the part of the file from the first place to the last one. */
  private Span extent() {
    int start = Integer.MAX_VALUE;
    int end = 0;
    for (PlacedText.InFile part : parts) {
      start = Math.min(start, part.from());
      end = Math.max(end, part.from() + part.text().length());
    }
    for (Refusal refusal : refusals) {
      if (refusal.end() > 0) {
        start = Math.min(start, refusal.start());
        end = Math.max(end, refusal.end());
      }
    }
    return new Span(Math.min(start, end), end);
  }

  /** Returns the text: offsets of statements and refusals are its own. */
  MigrationText text() {
    Span extent = extent();
    int[] sent = PlacedText.blank(file, extent.start(), extent.end());
    for (PlacedText.InFile part : parts) {
      for (int i = 0; i < part.text().length(); i++) {
        sent[part.from() - extent.start() + i] = part.text().codePointAt(i);
      }
    }
    SourceText source =
        SourceText.derived(new String(sent, 0, sent.length), new Part(file, extent.start()));
    return new MigrationText.Sql(file, Script.of(source, starts()));
  }

  List<Integer> starts() {
    int from = extent().start();
    return starts.stream().map(start -> start - from).sorted().toList();
  }

  List<Refusal> refusals() {
    int from = extent().start();
    return refusals.stream()
        .map(
            each ->
                each.end() == 0
                    ? each
                    : new Refusal(
                        each.stage(),
                        each.start() - from,
                        each.end() - from,
                        each.message(),
                        each.hint()))
        .toList();
  }
}
