package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.rehearsal.SessionState;

/** Writes what was measured of a file that is not a failure. */
final class Observations {

  private Observations() {}

  /** Returns the kind of an observation in JSON. */
  static String kind(Observation observation) {
    return switch (observation) {
      case Observation.OpenTransaction _ -> "open_transaction";
      case Observation.InvalidIndex _ -> "invalid_index";
      case Observation.PartlyApplied _ -> "partly_applied";
      case Observation.SessionLeak _ -> "session_leak";
      case Observation.Warning _ -> "warning";
      case Observation.UndoneWith _ -> "undone_with";
      case Observation.RevertedAfter _ -> "reverted_after";
      case Observation.ToolNote _, Observation.ReplaysEnded _, Observation.LostWithSession _ ->
          "note";
    };
  }

  /** Returns a clause about the file. */
  static String text(Observation observation) {
    return switch (observation) {
      case Observation.OpenTransaction _ ->
          "leaves a prepared transaction behind, which keeps its locks until somebody commits it"
              + " or rolls it back";
      case Observation.InvalidIndex(String name) ->
          "leaves the invalid index "
              + (name.startsWith("public.") ? name.substring("public.".length()) : name)
              + " behind: drop it before the next try, IF NOT EXISTS would keep it";
      case Observation.PartlyApplied(int statements, boolean rolledBack) ->
          "statements 1 to "
              + statements
              + " stay applied"
              + (rolledBack ? ", but for what the file rolled back itself" : "")
              + ": they ran outside a transaction, or were committed";
      case Observation.SessionLeak(SessionState.Kept kept, String tool, _) ->
          stays(kept) + " for the files after this one, since " + tool + " runs all in one session";
      case Observation.UndoneWith(String tool, String failed) ->
          "is undone with "
              + failed
              + ", which fails: "
              + tool
              + " runs all pending files in one transaction";
      case Observation.RevertedAfter(String tool, String failed) ->
          "is reverted by "
              + tool
              + " after "
              + failed
              + " fails, with its revert script, which is not rehearsed";
      case Observation.Warning(String message) -> message;
      case Observation.ToolNote(String text) -> text;
      case Observation.ReplaysEnded(int times) ->
          "it was sent "
              + times
              + " times, each time without what had failed: its further failures are not known";
      case Observation.LostWithSession(SessionState.Kept kept) ->
          "its session was lost with " + named(kept) + ", which was not put back";
    };
  }

  private static String stays(SessionState.Kept kept) {
    return named(kept)
        + switch (kept.kind()) {
          case SETTING, ROLE -> " stays set";
          case ADVISORY_LOCK, SHARED_ADVISORY_LOCK -> " stays held";
          case CURSOR -> " stays open";
          case PREPARED_STATEMENT, TEMPORARY_TABLE, TEMPORARY_VIEW -> " stays";
        };
  }

  private static String named(SessionState.Kept kept) {
    String what =
        switch (kept.kind()) {
          case SETTING, ROLE -> "";
          case PREPARED_STATEMENT -> "the prepared statement ";
          case ADVISORY_LOCK, SHARED_ADVISORY_LOCK -> "the session's advisory lock ";
          case TEMPORARY_TABLE -> "the temporary table ";
          case TEMPORARY_VIEW -> "the temporary view ";
          case CURSOR -> "the cursor ";
        };
    return what + kept.name();
  }
}
