package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.CheckedMigration;
import dev.confiture.preflight.migrations.StaticCheck;
import java.util.ArrayList;
import java.util.List;

/** What the files tell, one point after the other, the good ones too. */
final class StaticFindings {

  private final StaticCheck check;

  private StaticFindings(StaticCheck check) {
    this.check = check;
  }

  static List<StaticFinding> of(StaticCheck check) {
    return new StaticFindings(check).all();
  }

  private List<StaticFinding> all() {
    List<StaticFinding> findings = new ArrayList<>();
    findings.add(reversibility());
    findings.add(transactions());
    findings.add(duplicates());
    List<String> mismatches = check.checksumMismatches();
    if (!mismatches.isEmpty()) {
      String counted =
          mismatches.size() + " checksum mismatch" + (mismatches.size() > 1 ? "es" : "");
      findings.add(StaticFinding.beside(counted, mismatches));
    } else if (check.checksumVerified()) {
      findings.add(StaticFinding.good("checksums verified"));
    }
    List<CheckedMigration> unreadable = check.unreadable();
    if (!unreadable.isEmpty()) {
      findings.add(
          StaticFinding.beside(
              counted(unreadable.size(), "unreadable file"),
              unreadable.stream().flatMap(m -> m.loadError().stream()).toList()));
    }
    return findings;
  }

  private StaticFinding reversibility() {
    List<String> titles = check.irreversible().stream().map(m -> m.file().title()).toList();
    if (titles.isEmpty()) {
      return StaticFinding.good("all reversible (down files were not executed)");
    }
    return check.downRequired()
        ? StaticFinding.inRows(
            StaticMark.BAD, titles.size() + " irreversible (missing .down.sql)", titles)
        : StaticFinding.inRows(
            StaticMark.NEUTRAL,
            titles.size() + " without a down file, which " + check.tool() + " does not need",
            titles);
  }

  private StaticFinding transactions() {
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
      return StaticFinding.inRows(
          StaticMark.BAD, counted(statements, "non-transactional statement"), items);
    }
    return StaticFinding.good(
        check.allTransactional() ? "all transactional" : "all that can be read is transactional");
  }

  private StaticFinding duplicates() {
    return check.hasDuplicates()
        ? StaticFinding.beside(
            counted(check.duplicateVersions().size(), "duplicate version"),
            check.duplicateVersions().entrySet().stream()
                .map(each -> each.getKey() + " (" + String.join(", ", each.getValue()) + ")")
                .toList())
        : StaticFinding.good("no duplicate versions");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
