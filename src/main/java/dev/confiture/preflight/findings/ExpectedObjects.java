package dev.confiture.preflight.findings;

import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.ObjectMessage;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects that an error says are not as the statement expects.
 *
 * @param missing whether they should exist and do not; otherwise they exist and should not
 * @param each every one of them, as the objects that it may be
 */
record ExpectedObjects(boolean missing, List<List<DatabaseObject>> each) {

  private static final String ON_CONFLICT =
      "there is no unique or exclusion constraint matching the ON CONFLICT specification";

  /** CREATE OR REPLACE of a view that should have been dropped. */
  private static final List<String> OTHER_COLUMNS =
      List.of(
          "cannot drop columns from view",
          "cannot change name of view column ",
          "cannot change data type of view column ");

  /** The hint about a function that should have been dropped. */
  private static final String DROP_FUNCTION = "Use DROP FUNCTION ";

  private static final String OPERATOR = "operator does not exist: ";

  ExpectedObjects {
    each = List.copyOf(each);
  }

  /** Reads the server's error about a statement, or what a precondition demands. */
  static ExpectedObjects of(Failure failure) {
    return failure.source() == Failure.Source.TOOL
            && failure.evidence().precondition().map(Precondition::decidedBy).orElse(null)
                instanceof
                Precondition.DecidedBy.Catalog(boolean exists, List<DatabaseObject> objects)
        ? new ExpectedObjects(exists, List.of(objects))
        : ofError(failure);
  }

  private static ExpectedObjects ofError(Failure failure) {
    ServerError error = failure.error();
    String message = error.message();
    MeantObjects meant = new MeantObjects(failure);
    Optional<String> replaced = error.hint().filter(hint -> hint.startsWith(DROP_FUNCTION));
    if (error.is(SqlState.DEPENDENT_OBJECTS_STILL_EXIST)) {
      return new ExpectedObjects(false, Dependents.of(error.detail().orElse("")));
    }
    if (replaced.isPresent()) {
      String function = replaced.get().substring(DROP_FUNCTION.length()).split("\\(", 2)[0];
      return existing(
          List.of(DatabaseObject.of(ObjectKind.FUNCTION, QualifiedName.ofMessage(function))));
    }
    if (OTHER_COLUMNS.stream().anyMatch(message::startsWith)) {
      return existing(meant.relations());
    }
    if (message.equals(ON_CONFLICT)) {
      return missing(meant.keys());
    }
    if (message.startsWith(OPERATOR)) {
      return missing(operands(message.substring(OPERATOR.length())));
    }
    return ObjectMessage.of(message)
        .map(object -> new ExpectedObjects(object.missing(), List.of(meant.of(object))))
        .orElseGet(() -> missing(List.of()));
  }

  /** All that may be one of them. */
  Stream<DatabaseObject> objects() {
    return each.stream().flatMap(List::stream);
  }

  private static ExpectedObjects missing(List<DatabaseObject> alternatives) {
    return new ExpectedObjects(true, List.of(alternatives));
  }

  private static ExpectedObjects existing(List<DatabaseObject> alternatives) {
    return new ExpectedObjects(false, List.of(alternatives));
  }

  private static List<DatabaseObject> operands(String operation) {
    return Stream.of(operation.split(" ", -1))
        .filter(word -> !word.isEmpty() && Character.isLetter(word.charAt(0)))
        .map(type -> DatabaseObject.of(ObjectKind.TYPE, QualifiedName.ofMessage(type)))
        .toList();
  }
}
