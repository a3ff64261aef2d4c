package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import java.util.Set;

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
