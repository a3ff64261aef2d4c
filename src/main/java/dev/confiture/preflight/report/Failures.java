package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Place.OtherFile;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The failures of a judged migration, whatever its outcome, and how their places are written. */
final class Failures {

  private Failures() {}

  /** Returns the failure to show first. */
  static Optional<Failure> first(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Failed failed -> Optional.of(failed.failure());
      case Outcome.Blocked blocked -> Optional.of(blocked.failure());
      case Outcome.Unverified unverified -> Optional.of(unverified.failure());
      case Outcome.Passed _, Outcome.Skipped _ -> Optional.empty();
    };
  }

  /** Returns the failures besides the first. */
  static List<JudgedFailure> further(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Failed failed -> failed.further();
      case Outcome.Blocked blocked -> blocked.further();
      case Outcome.Unverified unverified -> unverified.further();
      case Outcome.Passed _, Outcome.Skipped _ -> List.of();
    };
  }

  /** Returns what qualifies a failed migration; empty where it fails by itself, each time. */
  static Optional<String> reason(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Blocked(_, BlockedBy by, _) ->
          Optional.of(
              "blocked by "
                  + by.file().path()
                  + ":"
                  + by.position().line()
                  + ":"
                  + by.position().column()
                  + ", which does not "
                  + by.verb()
                  + " "
                  + by.what());
      case Outcome.Unverified(Failure failure, String reason, _) -> notVerified(failure, reason);
      case Outcome.Failed failed ->
          failed.repeatable()
              ? Optional.empty()
              : Optional.of("not repeatable: sent again on the same database, it passed");
      case Outcome.Passed _, Outcome.Skipped _ -> Optional.empty();
    };
  }

  /** Returns why a further failure is not the file's own fault; empty where it is. */
  static Optional<String> reason(JudgedFailure further, JudgedMigration migration) {
    return switch (further.cause()) {
      case Cause.Own _ -> Optional.empty();
      case Cause.SandboxLimit(String reason) -> notVerified(further.failure(), reason);
      case Cause.Consequence(BlockedBy by) -> {
        boolean sameFile = by.file().equals(migration.rehearsed().migration().file());
        yield Optional.of(
            "follows from "
                + (sameFile ? "" : by.file().title() + " ")
                + "line "
                + by.position().line()
                + ": "
                + by.what());
      }
    };
  }

  /** Writes why nobody can tell, unless the failure says so itself. */
  private static Optional<String> notVerified(Failure failure, String reason) {
    return failure.source() == Failure.Source.UNSUPPORTED
            && failure.error().message().equals(reason)
        ? Optional.empty()
        : Optional.of("not verified: " + reason);
  }

  /** Writes what went wrong, for people; what could not be sent is no error. */
  static String sentence(Failure failure) {
    return failure.source() == Failure.Source.UNSUPPORTED
        ? "not verified: " + failure.error().message()
        : error(failure);
  }

  /** Writes {@code ERROR 42P01: …}, without a code for what is not the server's. */
  static String error(Failure failure) {
    String code = failure.error().sqlState();
    return "ERROR" + (code.isEmpty() ? "" : " " + code) + ": " + failure.error().message();
  }

  /** Returns the file that the place is in. */
  static Path file(JudgedMigration migration, Failure failure) {
    return failure
        .place()
        .elsewhere()
        .map(OtherFile::path)
        .orElse(migration.rehearsed().migration().file().path());
  }

  /** Returns the name of that file alone. */
  static String fileName(JudgedMigration migration, Failure failure) {
    return String.valueOf(file(migration, failure).getFileName());
  }

  /** Writes {@code line 6, column 18}. */
  static String lineAndColumn(Failure failure) {
    return "line "
        + failure.place().start().line()
        + ", column "
        + failure.place().start().column();
  }

  /** Writes {@code path:line:column}, which terminals and editors make a link. */
  static String path(JudgedMigration migration, Failure failure) {
    return file(migration, failure)
        + ":"
        + failure.place().start().line()
        + ":"
        + failure.place().start().column();
  }
}
