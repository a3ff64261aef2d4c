package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.seed.LostObject;
import dev.confiture.preflight.seed.RestoreGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report for a terminal. */
public final class TableReport {

  private static final int MOST_LOST = 8;

  private final Report report;
  private final Look look;
  private final List<String> out = new ArrayList<>();

  private TableReport(Report report, Look look) {
    this.report = report;
    this.look = look;
  }

  /** The whole text, with a line end after each line. */
  public static String write(Report report, Look look) {
    TableReport table = new TableReport(report, look);
    table.write();
    return String.join("\n", table.out) + "\n";
  }

  private void write() {
    header();
    if (!report.migrations().isEmpty()) {
      out.add("");
      rows();
    }
    for (JudgedMigration migration : report.migrations()) {
      boolean ownBlock =
          migration.outcome() instanceof Outcome.Failed
              || migration.outcome() instanceof Outcome.Unverified
              || migration.outcome() instanceof Outcome.Blocked;
      if (ownBlock) {
        out.add("");
        out.addAll(new FailureBlock(migration, report.migrations(), look).lines());
      }
    }
    gaps();
    notes();
    out.add("");
    out.add(lastLine());
  }

  private void header() {
    report
        .schema()
        .ifPresent(
            schema ->
                out.add(
                    "Schema     "
                        + Cells.oneLine(schema.origin())
                        + schema.serverVersion().map(v -> ", PostgreSQL " + v).orElse("")
                        + ", "
                        + schema.tables()
                        + " tables"));
    report
        .sandbox()
        .ifPresent(
            sandbox ->
                out.add(
                    "Sandbox    "
                        + sandbox.description()
                        + ", "
                        + sandbox.isolation()
                        + " isolation, migrations run as "
                        + Cells.oneLine(sandbox.runAs())
                        + " ("
                        + sandbox.runAsReason()
                        + (sandbox.superuser() ? ", superuser" : "")
                        + ")"));
    Report.PendingSummary pending = report.pending();
    out.add(
        "Pending    "
            + pending.pending().size()
            + " of "
            + pending.files()
            + " files ("
            + Cells.oneLine(pending.selectedBy())
            + "), convention "
            + pending.convention());
  }

  private void rows() {
    int widest = 0;
    for (JudgedMigration migration : report.migrations()) {
      widest = Math.max(widest, migration.rehearsed().migration().file().title().length());
    }
    for (JudgedMigration migration : report.migrations()) {
      String title = Cells.oneLine(migration.rehearsed().migration().file().title());
      out.add(
          ("  " + mark(migration) + "  " + Cells.pad(title, widest) + "  " + result(migration))
              .stripTrailing());
    }
  }

  private String mark(JudgedMigration migration) {
    String plain =
        switch (migration.outcome()) {
          case Outcome.Passed _ -> look.passed();
          case Outcome.Failed _ -> look.failed();
          case Outcome.Blocked _ -> look.blocked();
          case Outcome.Unverified _ -> look.unverified();
          case Outcome.Skipped _ -> look.skipped();
        };
    int visible = new Look(false, look.unicode()).unicode() ? 1 : visible(migration);
    return plain + " ".repeat(Math.max(0, look.markWidth() - visible));
  }

  private static int visible(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Passed _ -> 2;
      case Outcome.Failed _ -> 4;
      case Outcome.Blocked _, Outcome.Skipped _ -> 7;
      case Outcome.Unverified _ -> 10;
    };
  }

  private String result(JudgedMigration migration) {
    String time = migration.rehearsed().millis() + " ms";
    return switch (migration.outcome()) {
      case Outcome.Passed _ ->
          Cells.pad("passed   " + mode(migration.rehearsed().mode()), 42) + time;
      case Outcome.Failed(Failure failure, _) ->
          look.red("FAILED") + "   " + code(failure) + "   " + place(failure);
      case Outcome.Blocked(_, var by, _) -> "blocked by " + by.file().title();
      case Outcome.Unverified(Failure failure, _, _) ->
          "unverified   " + code(failure) + "   " + place(failure);
      case Outcome.Skipped(String reason) -> "skipped: " + Cells.oneLine(reason);
    };
  }

  private static String code(Failure failure) {
    return failure.error().sqlState().isEmpty() ? "     " : failure.error().sqlState();
  }

  private static String place(Failure failure) {
    return "line " + failure.place().start().line() + ", col " + failure.place().start().column();
  }

  private static String mode(RunMode mode) {
    return switch (mode) {
      case TRANSACTION, NOT_SENT -> "";
      case OUTSIDE_TRANSACTION -> "outside a transaction";
      case OWN_TRANSACTIONS -> "in its own transactions";
    };
  }

  private void gaps() {
    for (RestoreGap gap : report.gaps()) {
      out.add("");
      out.add(
          "Not restored: "
              + Cells.oneLine(gap.reason())
              + " (line "
              + gap.position().line()
              + " of the schema)");
      if (!gap.lost().isEmpty()) {
        List<LostObject> lost = gap.lost();
        out.add(
            "  so these are missing here: "
                + lost.subList(0, Math.min(MOST_LOST, lost.size())).stream()
                    .map(object -> Cells.oneLine(object.object().toString()))
                    .collect(Collectors.joining(", "))
                + (lost.size() > MOST_LOST ? " and " + (lost.size() - MOST_LOST) + " more" : ""));
      }
    }
  }

  private void notes() {
    List<String> notes = new ArrayList<>(report.notes());
    report.sandbox().ifPresent(sandbox -> notes.addAll(sandbox.notes()));
    report
        .sandbox()
        .filter(sandbox -> !sandbox.settings().isEmpty())
        .ifPresent(
            sandbox ->
                notes.add(
                    "settings of the migration role: " + String.join(", ", sandbox.settings())));
    Report.PendingSummary pending = report.pending();
    if (!pending.appliedWithoutFile().isEmpty()) {
      notes.add("applied, but without a file: " + String.join(", ", pending.appliedWithoutFile()));
    }
    if (!pending.outOfOrder().isEmpty()) {
      notes.add(
          "pending, but older than the newest applied one: "
              + String.join(", ", pending.outOfOrder()));
    }
    if (!pending.ignored().isEmpty()) {
      notes.add("not migrations, ignored: " + String.join(", ", pending.ignored()));
    }
    for (JudgedMigration migration : report.migrations()) {
      if (migration.outcome() instanceof Outcome.Passed) {
        for (Observation observation : migration.rehearsed().observations()) {
          notes.add(migration.rehearsed().migration().file().title() + ": " + observation.text());
        }
      }
    }
    if (!notes.isEmpty()) {
      out.add("");
      notes.forEach(note -> out.add("note: " + Cells.oneLine(note)));
    }
    report
        .interruption()
        .ifPresent(
            interruption -> {
              out.add("");
              out.add("The rehearsal ended early: " + Cells.oneLine(interruption.message()));
              out.add("  hint: " + interruption.hint());
            });
    if (!report.migrations().isEmpty()) {
      out.add("");
      out.add(
          "Not verified: production's rows. Tables are empty here but for rows that the schema file"
              + " holds.");
    }
  }

  private String lastLine() {
    Counts counts = Counts.of(report.migrations());
    StringBuilder line = new StringBuilder();
    line.append(
        switch (report.verdict()) {
          case PASSED -> look.green("PASS");
          case FAILED -> look.red("FAIL");
          case UNVERIFIED -> look.yellow("UNVERIFIED");
          case SKIPPED -> look.yellow("SKIPPED");
          case ERROR -> look.red("ERROR");
        });
    line.append("  ");
    if (counts.total() == 0) {
      return line.append("no migration is pending: nothing was checked").toString();
    }
    List<String> parts = new ArrayList<>();
    add(parts, counts.failed(), "failed");
    add(parts, counts.blocked(), "blocked");
    add(parts, counts.unverified(), "unverified");
    add(parts, counts.skipped(), "skipped");
    add(parts, counts.passed(), "passed");
    return line.append(String.join(", ", parts))
        .append(" of ")
        .append(counts.total())
        .append(" pending, in ")
        .append(String.format(Locale.ROOT, "%.1f", report.millis() / 1000.0))
        .append(" s. ")
        .append(
            report.sandbox().filter(s -> s.url().equals("embedded")).isPresent()
                ? "The throwaway server is gone."
                : "The clone was dropped; the named database was not touched.")
        .toString();
  }

  private static void add(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
  }
}
