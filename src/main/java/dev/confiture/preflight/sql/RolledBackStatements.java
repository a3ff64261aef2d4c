package dev.confiture.preflight.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements that a script takes back itself: those before a {@code ROLLBACK} or <a
 * href="https://www.postgresql.org/docs/current/sql-rollback-to.html">ROLLBACK TO</a> of its own.
 */
public final class RolledBackStatements {

  private final List<Statement> statements;
  private final Set<Integer> undone = new HashSet<>();
  private final Map<String, Integer> savepoints = new HashMap<>();
  private int begin = -1;

  private RolledBackStatements(List<Statement> statements) {
    this.statements = statements;
  }

  /** Returns the offsets at which the statements start that the script rolls back. */
  public static Set<Integer> of(List<Statement> statements) {
    RolledBackStatements undone = new RolledBackStatements(statements);
    for (int i = 0; i < statements.size(); i++) {
      Optional<TransactionControl> control = TransactionControl.of(statements.get(i));
      if (control.isPresent()) {
        undone.read(control.get(), i);
      }
    }
    return undone.undone;
  }

  private void read(TransactionControl control, int at) {
    switch (control) {
      case BEGIN -> begin = at;
      case SAVEPOINT -> savepoints.put(name(at), at);
      case ROLLBACK_TO ->
          Optional.ofNullable(savepoints.get(name(at))).ifPresent(from -> takeBack(from, at));
      case ROLLBACK -> {
        if (begin >= 0) {
          takeBack(begin, at);
        }
        end(at);
      }
      case COMMIT, PREPARE_TRANSACTION -> end(at);
      case RELEASE, COMMIT_PREPARED, ROLLBACK_PREPARED -> {}
    }
  }

  private void takeBack(int from, int to) {
    for (Statement statement : statements.subList(from + 1, to)) {
      undone.add(statement.start());
    }
  }

  private void end(int at) {
    savepoints.clear();
    begin = TransactionControl.chains(statements.get(at)) ? at : -1;
  }

  /** Returns a savepoint's name, the last word of each of its commands. */
  private String name(int at) {
    return statements.get(at).tokens().getLast().identifier();
  }
}
