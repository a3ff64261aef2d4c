package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes the report as annotations: an error a root cause, a notice for what is not judged. */
public final class Annotations {

  private final Report report;
  private final List<Annotation> first = new ArrayList<>();
  private final List<Annotation> further = new ArrayList<>();
  private final List<Annotation> notices = new ArrayList<>();

  private Annotations(Report report) {
    this.report = report;
  }

  /**
   * Returns all of them, the most important first: each file's first failure, then what else it
   * has.
   */
  public static List<Annotation> of(Report report) {
    return new Annotations(report).all();
  }

  private List<Annotation> all() {
    report.migrations().forEach(this::add);
    List<Annotation> all = new ArrayList<>();
    report
        .interruption()
        .ifPresent(
            reason ->
                all.add(
                    Annotation.of(
                        Annotation.Level.ERROR,
                        "The rehearsal ended early",
                        reason.message() + "\n\n" + reason.hint())));
    all.addAll(first);
    all.addAll(further);
    for (String warning : report.remarks().warnings()) {
      all.add(Annotation.of(Annotation.Level.WARNING, "Preflight", warning));
    }
    all.addAll(notices);
    return all;
  }

  private void add(JudgedMigration migration) {
    switch (migration.outcome()) {
      case Outcome.Failed(Failure failure, List<JudgedFailure> others, _) -> {
        first.add(
            error(
                migration,
                failure,
                Failures.reason(migration).map(reason -> "\n" + reason).orElse("")
                    + blocks(migration)));
        for (JudgedFailure other : others) {
          if (other.cause() instanceof Cause.Own) {
            further.add(error(migration, other.failure(), ""));
          }
        }
      }
      case Outcome.Blocked(Failure failure, BlockedBy by, _) ->
          notices.add(
              at(
                  Annotation.Level.NOTICE,
                  migration,
                  failure,
                  version(migration.rehearsed().migration().file())
                      + " is blocked by "
                      + version(by.file()),
                  "Not judged on its own: it needs "
                      + by.deed()
                      + by.what()
                      + ", at line "
                      + by.position().line()
                      + " of "
                      + by.file().fileName()
                      + ", which takes no effect.\n"
                      + "The server said: "
                      + Failures.sentence(failure)));
      case Outcome.Unverified(Failure failure, String reason, _) ->
          notices.add(
              at(
                  Annotation.Level.NOTICE,
                  migration,
                  failure,
                  version(migration.rehearsed().migration().file()) + " could not be verified",
                  "Not verified: "
                      + reason
                      + (failure.source() == Failure.Source.UNSUPPORTED
                          ? ""
                          : "\nThe server said: " + Failures.sentence(failure))));
      case Outcome.Passed _, Outcome.Skipped _ -> {}
    }
  }

  private Annotation error(JudgedMigration migration, Failure failure, String consequence) {
    FailureText text = new FailureText(migration, report);
    Page page = new Page(Look.PLAIN);
    text.words(failure).forEach(page::add);
    page.gap();
    text.facts(failure).forEach(page::add);
    String code = failure.error().sqlState();
    return at(
        Annotation.Level.ERROR,
        migration,
        failure,
        version(migration.rehearsed().migration().file())
            + " would fail in production"
            + (code.isEmpty() ? "" : " (" + code + ")"),
        failure.error().message() + "\n" + page.render().stripTrailing() + consequence);
  }

  private String blocks(JudgedMigration cause) {
    List<String> blocked = new ArrayList<>();
    for (JudgedMigration other : report.migrations()) {
      if (other.outcome() instanceof Outcome.Blocked(_, BlockedBy by, _)
          && by.file().equals(cause.rehearsed().migration().file())) {
        blocked.add(other.rehearsed().migration().version());
      }
    }
    return blocked.isEmpty()
        ? ""
        : "\n\nBlocks "
            + blocked.size()
            + (blocked.size() == 1 ? " later migration: " : " later migrations: ")
            + Cells.printable(String.join(", ", blocked))
            + ".";
  }

  /** Names a migration in a title, which is not masked: a file's name is not ours. */
  private static String version(MigrationFile file) {
    String version = file.version();
    return version.matches("[A-Za-z0-9_.-]{1,64}") ? "migration " + version : "a migration";
  }

  private static Annotation at(
      Annotation.Level level,
      JudgedMigration migration,
      Failure failure,
      String title,
      String message) {
    Place place = failure.place();
    boolean oneLine =
        place.start().line() == place.end().line() && place.foundBy() != Place.FoundBy.FILE;
    return new Annotation(
        level,
        Optional.of(Failures.file(migration, failure).toString()),
        OptionalInt.of(place.start().line()),
        OptionalInt.of(Math.max(place.start().line(), place.end().line())),
        oneLine ? OptionalInt.of(place.start().column()) : OptionalInt.empty(),
        oneLine
            ? OptionalInt.of(Math.max(place.start().column(), place.end().column() - 1))
            : OptionalInt.empty(),
        Character.toUpperCase(title.charAt(0)) + title.substring(1),
        message);
  }

  /**
   * A message that a forge shows beside a line of a file, or for the run as a whole.
   *
   * @param file as the user wrote its folder; empty for the run as a whole
   * @param line from 1
   * @param endLine the last line
   * @param column from 1; empty where the place goes over several lines, as the runner has it
   * @param endColumn the column of its last character
   * @param title our own words only: the runner does not hide secrets there
   * @param message at most 4,096 characters, which the runner would cut in silence
   */
  public record Annotation(
      Level level,
      Optional<String> file,
      OptionalInt line,
      OptionalInt endLine,
      OptionalInt column,
      OptionalInt endColumn,
      String title,
      String message) {

    /** The levels, the gravest first. */
    public enum Level {
      ERROR,
      WARNING,
      NOTICE
    }

    private static final int LONGEST = 4_096;
    private static final String CUT = "\n…";

    public Annotation {
      if (message.length() > LONGEST) {
        int end = message.lastIndexOf('\n', LONGEST - CUT.length());
        message = message.substring(0, end > 0 ? end : LONGEST - CUT.length()) + CUT;
      }
    }

    /** Returns one for the run as a whole. */
    public static Annotation of(Level level, String title, String message) {
      return new Annotation(
          level,
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          title,
          message);
    }

    /** Returns the same on another path. */
    public Annotation withFile(Optional<String> path) {
      return new Annotation(level, path, line, endLine, column, endColumn, title, message);
    }
  }
}
