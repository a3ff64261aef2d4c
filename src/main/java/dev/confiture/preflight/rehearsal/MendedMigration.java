package dev.confiture.preflight.rehearsal;

import java.util.List;

/**
 * A migration in the mended run: on what the files before it could still do, and without what
 * failed of its own.
 *
 * @param failures every failure that it has there, in the order in which they were found
 * @param leftOut what took no effect
 * @param notes what could not be done for it: clauses about the file
 */
public record MendedMigration(List<Failure> failures, List<LeftOut> leftOut, List<String> notes) {

  public MendedMigration {
    failures = List.copyOf(failures);
    leftOut = List.copyOf(leftOut);
    notes = List.copyOf(notes);
  }
}
