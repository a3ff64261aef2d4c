package dev.confiture.preflight.migrations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A migration tool, where tools differ: which files are migrations, their order, the ledger, what
 * is pending, how a file is executed, and what the tool itself refuses.
 *
 * <p>Data and small rules: nothing here talks to a server. There is no inheritance between tools.
 */
public interface Tool {

  /** Returns the option's value, for example {@code confiture}. */
  String id();

  /** Returns what docs/tools.md says of it beside what the other methods tell. */
  Description description();

  /** Returns what speaks for the folder being this tool's. */
  Detection detect(FolderFiles files);

  /**
   * Returns every migration of the folder, read; none where the tool finds none.
   *
   * @param evidence what told that the folder is this tool's, as a clause
   * @param told what the user tells of the deployment
   */
  MigrationFolder read(FolderFiles files, String evidence, Told told);

  /** Returns the names of the tool's own options that the rehearsal knows. */
  default Set<String> options() {
    return Set.of();
  }

  /** Returns the table in which the tool records what it has applied, if it has one. */
  Optional<LedgerFormat> ledger();

  /**
   * Returns what the tool would run of a folder.
   *
   * <p>Most run all that is not applied, what is older than the newest applied one too.
   *
   * @param selection the way in which it is known what is applied
   */
  default PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    return PendingSet.notApplied(folder, selection);
  }

  /**
   * Returns what the tool does with chosen files as a whole: what it runs besides, leaves out, or
   * refuses because of one another. Most do nothing of the kind.
   *
   * @param selection the way in which they were chosen
   */
  default List<Migration> inOneDeployment(
      MigrationFolder folder, Selection selection, List<Migration> chosen) {
    return chosen;
  }

  /**
   * Returns what the tool takes for applied in a database in use that lacks its ledger, where it
   * goes on there; most take nothing for it, and that is not known to be right.
   */
  default Optional<LedgerFormat.Applied> withoutLedger() {
    return Optional.empty();
  }

  /**
   * Returns what the tool says where it refuses a database in use that lacks its ledger; empty
   * where it goes on.
   */
  default Optional<String> refusalWithoutLedger() {
    return Optional.empty();
  }

  /** Returns the objects that the tool installs in a database for migrations to use. */
  default Optional<Helpers> helpers() {
    return Optional.empty();
  }

  /** Returns how the tool executes an SQL file that asks for nothing else. */
  Execution execution();

  /**
   * Returns how the tool executes one migration.
   *
   * @param ledger the table in which it records the file, if the database has it
   */
  Execution execution(Migration migration, Optional<Ledger> ledger);

  /**
   * Returns true if the tool, where one file fails, undoes those that the same run has deployed, by
   * scripts of the team's that are not rehearsed.
   */
  default boolean revertsTheRun() {
    return false;
  }

  /** Returns what is to be said, a sentence each, of migrations that may be deployed in one go. */
  default List<String> notes(List<MigrationFile> together) {
    return List.of();
  }

  /**
   * What the user tells of how the tool is run.
   *
   * @param placeholders the values of names in the files, where the tool replaces such; they never
   *     come from this process's environment
   * @param options the tool's own options that change what it runs, by name
   */
  record Told(Map<String, String> placeholders, Map<String, String> options) {

    /** Nothing: the tool is run with its defaults, and what its configuration files have. */
    public static final Told NOTHING = new Told(Map.of(), Map.of());

    public Told {
      placeholders = Map.copyOf(placeholders);
      options = Map.copyOf(options);
    }

    /** Returns true if an option is given, with any value but {@code false}. */
    public boolean isOn(String option) {
      return options.containsKey(option) && !"false".equalsIgnoreCase(options.get(option));
    }
  }

  /**
   * A tool in words, a clause each, for people.
   *
   * @param measured the version whose behaviour was measured, or how else it is known
   * @param files which files are its migrations
   * @param order how they are ordered
   * @param optOut what in a file, or beside it, makes the tool open no transaction, and what it
   *     then does
   * @param drift what it does about older pending files, missing and changed ones
   * @param notCovered what of the tool is not rehearsed
   */
  record Description(
      String measured,
      String files,
      String order,
      String optOut,
      String drift,
      String notCovered) {}

  /**
   * Objects that a tool installs itself, so that a database may lack what the deployment will find.
   *
   * @param schema their schema
   * @param names their names
   * @param reason why a migration that lacks them is not at fault, as a sentence
   */
  record Helpers(String schema, Set<String> names, String reason) {
    public Helpers {
      names = Set.copyOf(names);
    }
  }

  /**
   * The tool of a run.
   *
   * @param measured the version whose behaviour is rehearsed
   * @param evidence what told that it is this one, as a clause
   */
  record Choice(String id, String measured, String evidence) {

    /** Returns it with the evidence, for people. */
    public String title() {
      return id + " (" + evidence + ")";
    }
  }

  /** The evidence for a folder being a tool's. */
  sealed interface Detection {

    /** Nothing: the tool would find no migration there. */
    record Nothing() implements Detection {}

    /**
     * The names of the files alone, which other tools use too.
     *
     * @param what as a clause: {@code files named *.up.sql}
     */
    record Names(String what) implements Detection {}

    /**
     * Something that only this tool's projects have: a marker in a file, a file of its own.
     *
     * @param what as a clause: {@code 0001_a.py imports confiture}
     */
    record Evidence(String what) implements Detection {}
  }
}
