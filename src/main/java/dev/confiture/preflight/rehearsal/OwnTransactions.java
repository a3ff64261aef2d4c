package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a file's own BEGIN and COMMIT inside a transaction that the file must not end: a pair
 * around the whole file only asks for a transaction, and is blanked; any other is refused.
 */
final class OwnTransactions {

  private OwnTransactions() {}

  /**
   * Refuses the statements that would end the transaction around all files: also those that psql
   * sends within another one, misled by a column called {@code begin}.
   */
  static List<Refusal> refusals(Script withoutWrapper) {
    return Stream.concat(
            withoutWrapper.statements().stream(),
            Script.ofOneMessage(withoutWrapper.source()).statements().stream())
        .filter(OwnTransactions::isBoundary)
        .map(OwnTransactions::refusal)
        .distinct()
        .toList();
  }

  /** Returns the text with blanks in place of the BEGIN and COMMIT around it. */
  static String withoutWrapper(String text) {
    Script script = Script.of(SourceText.of(text));
    return Wrapper.of(script).map(w -> blanked(blanked(text, w.begin), w.commit)).orElse(text);
  }

  private static boolean isBoundary(Statement statement) {
    return TransactionControl.of(statement).filter(TransactionControl::isBoundary).isPresent();
  }

  private static Refusal refusal(Statement statement) {
    return new Refusal(
        Refusal.Stage.TEXT,
        statement.start(),
        statement.tokens().getFirst().end(),
        "the file controls its own transactions, which savepoint isolation cannot run: "
            + statement.tokens().getFirst().text().toUpperCase(Locale.ROOT)
            + " would end the transaction around all files",
        Optional.of("rehearse it with clone isolation, which runs it as it is"));
  }

  private static String blanked(String text, Statement statement) {
    int from = text.offsetByCodePoints(0, statement.start());
    int to = text.offsetByCodePoints(from, statement.end() - statement.start());
    return text.substring(0, from)
        + " ".repeat(statement.end() - statement.start())
        + text.substring(to);
  }

  /** The first statement and the last one. */
  private record Wrapper(Statement begin, Statement commit) {

    static Optional<Wrapper> of(Script script) {
      List<Statement> all = script.statements();
      if (all.size() < 2) {
        return Optional.empty();
      }
      Statement first = all.getFirst();
      Statement last = all.getLast();
      boolean plain =
          TransactionControl.of(first).filter(TransactionControl::startsTransaction).isPresent()
              && isBare(first)
              && TransactionControl.of(last).filter(c -> c == TransactionControl.COMMIT).isPresent()
              && isBare(last);
      return plain ? Optional.of(new Wrapper(first, last)) : Optional.empty();
    }

    /** Returns true for a BEGIN or COMMIT without a mode and without AND CHAIN. */
    private static boolean isBare(Statement s) {
      return s.tokens().size() == 1
          || (s.tokens().size() == 2 && (s.is(1, "work") || s.is(1, "transaction")));
    }
  }
}
