package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * A migration in the mended run: on what the files before it could still do, and without what
 * failed of its own.
 *
 * @param failures every failure that it has there, in the order in which they were found
 * @param leftOut the statements, and parts of them, that took no effect
 * @param written the objects of a failed file that the catalog has once it is mended
 * @param observations what could not be done for it
 */
public record MendedMigration(
    List<Failure> failures,
    List<LeftOut> leftOut,
    List<DatabaseObject> written,
    List<Observation> observations) {

  /** Makes a migration whose written objects were not looked up. */
  public MendedMigration(
      List<Failure> failures, List<LeftOut> leftOut, List<Observation> observations) {
    this(failures, leftOut, List.of(), observations);
  }

  public MendedMigration {
    failures = List.copyOf(failures);
    leftOut = List.copyOf(leftOut);
    written = List.copyOf(written);
    observations = List.copyOf(observations);
  }

  MendedMigration writing(List<DatabaseObject> objects) {
    return new MendedMigration(failures, leftOut, objects, observations);
  }

  /**
   * A statement that took no effect in the mended run, or some of its elements.
   *
   * @param statement the statement, as the file has it
   * @param parts the elements, actions or clauses that were left out of it; empty for all of it
   */
  public record LeftOut(Statement statement, Set<Span> parts) {

    public LeftOut {
      parts = Set.copyOf(parts);
    }

    /** Makes a statement that is left out as a whole. */
    public LeftOut(Statement statement) {
      this(statement, Set.of());
    }

    /** Returns true if what stands at this offset took no effect. */
    public boolean covers(int offset) {
      return parts.isEmpty()
          ? statement.start() <= offset && offset < statement.end()
          : parts.stream().anyMatch(part -> part.contains(offset));
    }
  }
}
