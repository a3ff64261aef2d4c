package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.StaticCheck.CheckedMigration;
import java.util.ArrayList;
import java.util.List;

/** Lists what the files alone tell, the good points too. */
final class StaticFindings {

  private final StaticCheck check;

  private StaticFindings(StaticCheck check) {
    this.check = check;
  }

  static List<Finding> of(StaticCheck check) {
    return new StaticFindings(check).all();
  }

  private List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(reversibility());
    findings.add(transactions());
    findings.add(duplicates());
    List<String> mismatches = check.checksumMismatches();
    if (!mismatches.isEmpty()) {
      String counted =
          mismatches.size() + " checksum mismatch" + (mismatches.size() > 1 ? "es" : "");
      findings.add(Finding.beside(counted, mismatches));
    } else if (check.checksumVerified()) {
      findings.add(Finding.good("checksums verified"));
    }
    List<CheckedMigration> unreadable = check.unreadable();
    if (!unreadable.isEmpty()) {
      findings.add(
          Finding.beside(
              counted(unreadable.size(), "unreadable file"),
              unreadable.stream().flatMap(m -> m.loadError().stream()).toList()));
    }
    return findings;
  }

  private Finding reversibility() {
    List<String> titles = check.irreversible().stream().map(m -> m.file().title()).toList();
    if (titles.isEmpty()) {
      return Finding.good("all reversible (down files were not executed)");
    }
    return check.downRequired()
        ? Finding.inRows(Mark.BAD, titles.size() + " irreversible (missing .down.sql)", titles)
        : Finding.inRows(
            Mark.NEUTRAL,
            titles.size() + " without a down file, which " + check.tool().id() + " does not need",
            titles);
  }

  private Finding transactions() {
    List<String> items = new ArrayList<>();
    int statements = 0;
    for (CheckedMigration migration : check.migrations()) {
      List<String> own = migration.nonTransactionalStatements();
      statements += own.size();
      if (!own.isEmpty()) {
        items.add(migration.file().title() + " (" + String.join("; ", own) + ")");
      }
    }
    if (statements > 0) {
      return Finding.inRows(Mark.BAD, counted(statements, "non-transactional statement"), items);
    }
    return Finding.good(
        check.allTransactional() ? "all transactional" : "all that can be read is transactional");
  }

  private Finding duplicates() {
    return check.hasDuplicates()
        ? Finding.beside(
            counted(check.duplicateVersions().size(), "duplicate version"),
            check.duplicateVersions().entrySet().stream()
                .map(each -> each.getKey() + " (" + String.join(", ", each.getValue()) + ")")
                .toList())
        : Finding.good("no duplicate versions");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /**
   * One thing that the files tell, in confiture's words.
   *
   * @param items what it is about, each for itself
   * @param inRows true if the migrations' rows in the table show it
   */
  record Finding(Mark mark, String text, List<String> items, boolean inRows) {

    Finding {
      items = List.copyOf(items);
    }

    private static Finding good(String text) {
      return new Finding(Mark.GOOD, text, List.of(), true);
    }

    private static Finding inRows(Mark mark, String text, List<String> items) {
      return new Finding(mark, text, items, true);
    }

    private static Finding beside(String text, List<String> items) {
      return new Finding(Mark.BAD, text, items, false);
    }

    boolean isBad() {
      return mark == Mark.BAD;
    }
  }
}
