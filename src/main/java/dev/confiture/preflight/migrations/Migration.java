package dev.confiture.preflight.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A migration as it was read, once, with all that its tool says of it.
 *
 * @param file the file
 * @param text its text
 * @param checksum the checksum that the tool records; empty where there is none, or no file to read
 * @param reversible true if it can be undone, as far as that can be seen: what undoes it is neither
 *     read nor executed
 * @param refusals the reasons for which the tool would not deploy it
 * @param preconditions the conditions that the tool checks before it runs it
 * @param notes what else a reader should know, a sentence each
 */
public record Migration(
    MigrationFile file,
    MigrationText text,
    Optional<String> checksum,
    boolean reversible,
    List<Refusal> refusals,
    List<Precondition.Declared> preconditions,
    List<String> notes) {

  public Migration {
    refusals = List.copyOf(refusals);
    preconditions = List.copyOf(preconditions);
    notes = List.copyOf(notes);
  }

  /** Makes a migration about which its tool has no remark. */
  public Migration(MigrationFile file, MigrationText text) {
    this(file, text, Optional.empty(), true, List.of(), List.of(), List.of());
  }

  public String version() {
    return file.version();
  }

  /** Returns the same with further reasons for which the tool would not deploy it. */
  public Migration refusing(List<Refusal> further) {
    List<Refusal> all = new ArrayList<>(refusals);
    all.addAll(further);
    return new Migration(file, text, checksum, reversible, all, preconditions, notes);
  }
}
