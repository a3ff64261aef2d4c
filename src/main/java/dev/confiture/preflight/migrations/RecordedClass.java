package dev.confiture.preflight.migrations;

import java.util.List;

/**
 * What the class of a Python file says about itself.
 *
 * @param version the version that is recorded when it is deployed
 * @param name its name
 * @param transactional whether confiture opens a transaction for it
 * @param line where the class begins
 * @param preconditions what it wants to hold before {@code up}
 * @param hooks the kinds of hooks that it declares
 */
public record RecordedClass(
    String version,
    String name,
    boolean transactional,
    int line,
    List<RecordedPrecondition> preconditions,
    List<String> hooks) {

  public RecordedClass {
    preconditions = List.copyOf(preconditions);
    hooks = List.copyOf(hooks);
  }
}
