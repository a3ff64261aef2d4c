package dev.confiture.preflight.rehearsal;

import java.util.List;
import java.util.Optional;

/**
 * The mended run, which is the second one: every file again, on what the failed ones before it can
 * still do.
 *
 * @param migrations as many as were sent, in the order of the first run
 * @param cutShort the reason for which the rest was not sent, if so: a clause that follows
 *     "because"
 */
public record MendedRun(List<MendedMigration> migrations, Optional<String> cutShort) {

  public MendedRun {
    migrations = List.copyOf(migrations);
  }

  /** Returns a second run that did not take place. */
  public static MendedRun none(String why) {
    return new MendedRun(List.of(), Optional.of(why));
  }
}
