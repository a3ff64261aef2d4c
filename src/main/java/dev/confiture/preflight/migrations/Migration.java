package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
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

  /**
   * Makes a migration that is written in a programming language, which only the team's own program
   * can run: it is named, and nothing of it is executed.
   */
  public static Migration inCode(MigrationFile file) {
    return new Migration(
            file,
            new MigrationText.Sql(Script.of(SourceText.of(""))),
            Optional.empty(),
            true,
            List.of(),
            List.of(),
            List.of())
        .refusing(
            List.of(
                new Refusal(
                    Refusal.Stage.NOT_REHEARSABLE,
                    0,
                    0,
                    file.fileName() + " is a migration in code, which is not executed here",
                    Optional.of(
                        "what passes behind it passes without what it does; rehearse it with the"
                            + " application's own tests"))));
  }

  /** Returns true if nothing tells what it does: it is not executed, and no SQL of it is known. */
  public boolean isUnknown() {
    return text.statements().isEmpty()
        && refusals.stream().anyMatch(refusal -> refusal.stage() == Refusal.Stage.NOT_REHEARSABLE);
  }

  public String version() {
    return file.version();
  }

  /** Returns the same with what the tool makes of its text, and the refusals that it had. */
  public Migration with(ReadText read) {
    return new Migration(
        file, read.text(), checksum, reversible, refusals, preconditions, read.notes());
  }

  /** Returns the same with further reasons for which the tool would not deploy it. */
  public Migration refusing(List<Refusal> further) {
    List<Refusal> all = new ArrayList<>(refusals);
    all.addAll(further);
    return new Migration(file, text, checksum, reversible, all, preconditions, notes);
  }
}
