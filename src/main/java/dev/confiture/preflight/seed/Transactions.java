package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The transactions that a hand-written schema file opens itself.
 *
 * <p>Most are there for safety and mean nothing to a restore, which then is not held up by them.
 * One that something in it needs ({@code SET LOCAL}, {@code LOCK}, a savepoint, a cursor, a large
 * object) is run as written; one that is rolled back is not run.
 */
final class Transactions {

  private final Set<Statement> real = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Statement> undone = Collections.newSetFromMap(new IdentityHashMap<>());

  private Transactions() {}

  static Transactions of(List<Statement> statements) {
    Transactions transactions = new Transactions();
    int begin = -1;
    for (int i = 0; i < statements.size(); i++) {
      Optional<TransactionControl> control = TransactionControl.of(statements.get(i));
      if (control.filter(TransactionControl::startsTransaction).isPresent()) {
        begin = begin < 0 ? i : begin;
      } else if (begin >= 0
          && control.filter(TransactionControl::endsTransaction).isPresent()
          && !TransactionControl.chains(statements.get(i))) {
        List<Statement> block = statements.subList(begin, i + 1);
        if (control.get() != TransactionControl.COMMIT) {
          transactions.undone.addAll(block);
        } else if (block.stream().anyMatch(Transactions::needsOne)) {
          transactions.real.addAll(block);
        }
        begin = -1;
      }
    }
    return transactions;
  }

  /** Whether a statement is in a transaction that is run as written. */
  boolean isReal(Statement statement) {
    return real.contains(statement);
  }

  /** Whether a statement is in a transaction that is rolled back. */
  boolean isUndone(Statement statement) {
    return undone.contains(statement);
  }

  private static boolean needsOne(Statement s) {
    return TransactionControl.chains(s)
        || s.startsWith("set", "local")
        || s.startsWith("set", "constraints")
        || s.startsWith("set", "transaction")
        || s.is(0, "lock")
        || s.is(0, "declare")
        || s.is(0, "savepoint")
        || isLocalSetting(s)
        || (s.is(0, "select") && hasWord(s, "lo_open"))
        || (s.is(0, "create") && (s.is(1, "temp") || s.is(1, "temporary")) && hasWord(s, "commit"));
  }

  /** {@code SELECT set_config(name, value, true)}. */
  private static boolean isLocalSetting(Statement s) {
    return s.is(0, "select") && hasWord(s, "set_config") && hasWord(s, "true");
  }

  private static boolean hasWord(Statement s, String word) {
    return s.tokens().stream().anyMatch(token -> token.is(word));
  }
}
