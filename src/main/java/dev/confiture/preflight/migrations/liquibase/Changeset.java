package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Changes that Liquibase runs in one transaction and records as one.
 *
 * @param key what it is known by
 * @param before the path of its changelog where an include gave it another one: a ledger may know
 *     it by that
 * @param file the file that holds its SQL, else the changelog that names it
 * @param text its SQL
 * @param starts where each call of the driver begins
 * @param says what it says of itself
 * @param checksum the checksum that Liquibase records, where it is known how that is computed
 * @param refusals the reasons for which it is not run, or not rehearsed
 * @param notes what else a reader should know, a sentence each
 */
record Changeset(
    Key key,
    String before,
    Path file,
    MigrationText text,
    List<Integer> starts,
    Says says,
    Optional<String> checksum,
    List<Refusal> refusals,
    List<String> notes) {

  Changeset {
    starts = List.copyOf(starts);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /**
   * What a changeset is known by: one of another file is another one.
   *
   * @param path the path of its changelog, as the changelog around names it
   */
  record Key(String path, String id, String author) {

    /** Returns it as one word, as Liquibase writes it. */
    String version() {
      return path + "::" + id + "::" + author;
    }
  }

  /**
   * What a changeset says of itself.
   *
   * @param inTransaction false for {@code runInTransaction:false}
   * @param onChange true for {@code runOnChange:true}: it is run again when it is changed
   * @param always true for {@code runAlways:true}
   * @param hasRollback true if it says how it is undone
   * @param validChecksums other checksums that count as its own
   */
  record Says(
      boolean inTransaction,
      boolean onChange,
      boolean always,
      boolean hasRollback,
      List<String> validChecksums) {

    /** Stands for a changeset that says nothing of itself. */
    static final Says NOTHING = new Says(true, false, false, false, List.of());

    private static final Set<String> ANY = Set.of("any", "all", "*");

    Says {
      validChecksums = List.copyOf(validChecksums);
    }

    /** Returns true if a recorded checksum, or any, or the present one counts as its own. */
    boolean accepts(String recorded, String present) {
      return validChecksums.stream()
          .map(String::strip)
          .anyMatch(
              valid ->
                  valid.equals(recorded)
                      || valid.equals(present)
                      || ANY.contains(valid.replaceFirst("^1:", "").toLowerCase(Locale.ROOT)));
    }

    /** Returns true if it may be recorded already when it is run. */
    boolean runsAgain() {
      return onChange || always;
    }
  }

  /** Returns the same with what else is to be said of it. */
  Changeset with(List<Refusal> furtherRefusals, List<String> furtherNotes) {
    List<Refusal> allRefusals = new ArrayList<>(refusals);
    allRefusals.addAll(furtherRefusals);
    List<String> allNotes = new ArrayList<>(notes);
    allNotes.addAll(furtherNotes);
    return new Changeset(key, before, file, text, starts, says, checksum, allRefusals, allNotes);
  }

  /** Returns the length of its own text, in code points. */
  int length() {
    return switch (text) {
      case MigrationText.Sql(_, Script script, _) -> script.source().length();
      case MigrationText.Python _, MigrationText.Recorded _, MigrationText.Unreadable _ -> 0;
    };
  }

  /** Returns true if a path in a ledger is that of its changelog. */
  boolean isOf(String path) {
    return isSameFile(key.path(), path) || isSameFile(before, path);
  }

  /** Returns true if one path is the other's end: that of another working directory. */
  private static boolean isSameFile(String path, String other) {
    return path.equals(other) || path.endsWith("/" + other) || other.endsWith("/" + path);
  }

  /** Returns true if a recorded checksum is known to be that of what it is now. */
  boolean isAs(String recorded) {
    return checksum.filter(recorded::equals).isPresent();
  }

  /** Returns true if a recorded checksum is known to be that of something else. */
  boolean differsFrom(String recorded) {
    return recorded.startsWith(Checksum.VERSION)
        && checksum.filter(own -> !own.equals(recorded)).isPresent();
  }

  /** Returns it as a migration. */
  Migration migration() {
    return new Migration(
        new MigrationFile(key.version(), "", file),
        text,
        checksum,
        says.hasRollback(),
        refusals,
        List.of(),
        notes);
  }
}
