package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A migration tool that is run beside a rehearsal. */
public interface LiveTool {

  /** Returns its name, as {@code --tool} has it. */
  String id();

  /** Returns what is not on this machine and is needed; empty where it can run. */
  Optional<String> missing();

  /** Returns what its database holds before, as SQL: a ledger, where it refuses to make one. */
  default String before() {
    return "";
  }

  /** Returns its ledger, if it has one. */
  Optional<Ledger> ledger();

  /** Writes a history in its form into an empty folder, with the project's files. */
  void write(SmallHistory history, Path folder) throws IOException;

  /**
   * Runs the history.
   *
   * @param database is dropped afterwards
   */
  End run(Path folder, ConnectionString database) throws IOException;

  /**
   * A ledger.
   *
   * @param table which a run that ends early may not have made
   * @param query for the versions of what is applied, as a rehearsal has them
   */
  record Ledger(String table, String query) {}

  /**
   * How a run ended.
   *
   * @param well whether the tool was content; a hang is no good end
   * @param output what it said
   */
  record End(boolean well, String output) {}
}
