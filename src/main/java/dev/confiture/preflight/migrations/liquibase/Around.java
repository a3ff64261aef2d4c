package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.migrations.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the changelogs around a changelog say of its changesets.
 *
 * @param included true for all but the root
 * @param logicalPath the path by which its changesets are known instead of its own
 * @param ignored true to run none of its own, but those that it includes
 * @param refusals the reasons for which they are not rehearsed
 * @param notes what else a reader should know, a sentence each
 */
record Around(
    boolean included,
    Optional<String> logicalPath,
    boolean ignored,
    List<Refusal> refusals,
    List<String> notes) {

  /** A root, around which there is nothing. */
  static final Around NOTHING = new Around(false, Optional.empty(), false, List.of(), List.of());

  Around {
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /** Returns the same of a changelog that says of itself by which path it is known. */
  Around under(Optional<String> own) {
    return new Around(included, own.or(() -> logicalPath), ignored, refusals, notes);
  }

  /** Returns the same with further notes. */
  Around with(List<String> further) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(further);
    return new Around(included, logicalPath, ignored, refusals, all);
  }

  /** Returns what is around a changelog that one with this around it includes. */
  Around including(
      Optional<String> path, boolean ignoring, List<Refusal> further, List<String> furtherNotes) {
    List<Refusal> all = new ArrayList<>(refusals);
    all.addAll(further);
    List<String> allNotes = new ArrayList<>(notes);
    allNotes.addAll(furtherNotes);
    return new Around(true, path.or(() -> logicalPath), ignoring, all, allNotes);
  }
}
