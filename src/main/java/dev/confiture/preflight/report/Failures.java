package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedFailure;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.OtherFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a judged migration holds, whatever its outcome. */
final class Failures {

  private Failures() {}

  /** The failure to show first. */
  static Optional<Failure> first(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Failed failed -> Optional.of(failed.failure());
      case Outcome.Blocked blocked -> Optional.of(blocked.failure());
      case Outcome.Unverified unverified -> Optional.of(unverified.failure());
      case Outcome.Passed _, Outcome.Skipped _ -> Optional.empty();
    };
  }

  /** Those besides. */
  static List<JudgedFailure> further(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Failed failed -> failed.further();
      case Outcome.Blocked blocked -> blocked.further();
      case Outcome.Unverified unverified -> unverified.further();
      case Outcome.Passed _, Outcome.Skipped _ -> List.of();
    };
  }

  /** {@code ERROR 42P01: …}, without a code for what is not the server's. */
  static String sentence(Failure failure) {
    String code = failure.error().sqlState();
    return "ERROR" + (code.isEmpty() ? "" : " " + code) + ": " + failure.error().message();
  }

  /** The file that its place is in. */
  static Path file(JudgedMigration migration, Failure failure) {
    return failure
        .place()
        .elsewhere()
        .map(OtherFile::path)
        .orElse(migration.rehearsed().migration().file().path());
  }

  /** Its name alone. */
  static String fileName(JudgedMigration migration, Failure failure) {
    return String.valueOf(file(migration, failure).getFileName());
  }

  /** {@code line 6, column 18}. */
  static String lineAndColumn(Failure failure) {
    return "line "
        + failure.place().start().line()
        + ", column "
        + failure.place().start().column();
  }

  /** {@code path:line:column}, which terminals and editors make a link. */
  static String path(JudgedMigration migration, Failure failure) {
    return file(migration, failure)
        + ":"
        + failure.place().start().line()
        + ":"
        + failure.place().start().column();
  }
}
