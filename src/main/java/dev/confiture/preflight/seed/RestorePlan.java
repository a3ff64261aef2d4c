package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Plans the restore of a schema file, step by step. */
final class RestorePlan {

  /** The psql commands that change nothing of what a restore makes, or that pg_dump writes. */
  private static final Set<String> HARMLESS_COMMANDS =
      Set.of("connect", "c", "set", "unset", "encoding", "conninfo", "q", "!");

  private final boolean superuser;
  private final StatementRules rules;

  /**
   * Makes a plan for one database.
   *
   * @param superuser true if the restoring user is one
   * @param external true on a server that is the user's
   * @param database the database that stands for the file's own
   * @param production the name of the file's own, where it tells which one that is
   * @param made the roles that this run has made, and may change
   * @param createRole true if they may get CREATEROLE
   */
  RestorePlan(
      boolean superuser,
      boolean external,
      String database,
      Optional<String> production,
      Collection<String> made,
      boolean createRole) {
    this.superuser = superuser;
    this.rules = new StatementRules(superuser, external, database, production, made, createRole);
  }

  List<Step> of(Script script) {
    List<Step> steps = new ArrayList<>();
    List<Piece> pieces = script.pieces();
    Transactions transactions = Transactions.of(script.statements());
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof MetaCommand command) {
        noteOnCommand(script, command).ifPresent(note -> steps.add(new Step.LeftOut(note)));
      } else if (pieces.get(i) instanceof Statement statement) {
        if (transactions.isRolledBack(statement)) {
          steps.add(new Step.Skipped());
        } else if (TransactionControl.of(statement).isPresent()) {
          steps.add(
              transactions.isReal(statement)
                  ? new Step.Transaction(statement)
                  : new Step.Skipped());
        } else {
          steps.add(
              statement.isCopyFromStdin()
                  ? new Step.Copied(statement, rows(pieces, i))
                  : rules.of(statement));
        }
      }
    }
    noteOnDatabases(script).ifPresent(note -> steps.add(new Step.LeftOut(note)));
    noteOnCode(script).ifPresent(note -> steps.add(new Step.LeftOut(note)));
    return steps;
  }

  private static String rows(List<Piece> pieces, int copy) {
    for (int i = copy + 1; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof CopyData data && data.copy().equals(pieces.get(copy))) {
        return data.rows();
      }
    }
    return "";
  }

  private Optional<String> noteOnCode(Script script) {
    if (!superuser) {
      return Optional.empty();
    }
    return script.statements().stream()
        .filter(statement -> statement.is(0, "do") || statement.is(0, "call"))
        .findFirst()
        .map(
            statement ->
                "the schema file runs code of its own, first "
                    + statement.tokens().getFirst().text().toUpperCase(Locale.ROOT)
                    + " at line "
                    + script.source().position(statement.start()).line()
                    + ": it ran as a role that is no superuser");
  }

  /** Returns the note on a psql command, which is never run, unless it would change nothing. */
  private static Optional<String> noteOnCommand(Script script, MetaCommand command) {
    return command.isWithoutEffect() || HARMLESS_COMMANDS.contains(command.name())
        ? Optional.empty()
        : Optional.of(
            "\\"
                + command.name()
                + " of the schema file is left out, since it is a command of psql's (line "
                + script.source().position(command.start()).line()
                + ")");
  }

  /** Returns the note on a file of pg_dumpall's, which connects to one database after another. */
  private static Optional<String> noteOnDatabases(Script script) {
    List<String> names =
        script.pieces().stream()
            .filter(MetaCommand.class::isInstance)
            .map(MetaCommand.class::cast)
            .filter(command -> command.name().equals("connect") || command.name().equals("c"))
            .map(command -> script.source().substring(command.start(), command.end()).split("\\s+"))
            .map(words -> words[words.length - 1])
            .filter(name -> !name.equals("template1") && !name.equals("postgres"))
            .distinct()
            .toList();
    return names.size() < 2
        ? Optional.empty()
        : Optional.of(
            "the schema file holds several databases, all restored into one: "
                + String.join(", ", names));
  }

  /**
   * The transactions that a hand-written schema file opens itself.
   *
   * <p>Most are there for safety and mean nothing to a restore, which is faster without them. One
   * that a statement in it needs ({@code SET LOCAL}, {@code LOCK}, a savepoint, a cursor, a large
   * object) is run as written; one that is rolled back is not run.
   */
  private static final class Transactions {

    private final Set<Statement> real = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Statement> rolledBack = Collections.newSetFromMap(new IdentityHashMap<>());

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
            transactions.rolledBack.addAll(block);
          } else if (block.stream().anyMatch(Transactions::needsTransaction)) {
            transactions.real.addAll(block);
          }
          begin = -1;
        }
      }
      return transactions;
    }

    /** Returns true for a statement of a transaction that is run as written. */
    boolean isReal(Statement statement) {
      return real.contains(statement);
    }

    /** Returns true for a statement of a transaction that is rolled back. */
    boolean isRolledBack(Statement statement) {
      return rolledBack.contains(statement);
    }

    private static boolean needsTransaction(Statement s) {
      return TransactionControl.chains(s)
          || s.startsWith("set", "local")
          || s.startsWith("set", "constraints")
          || s.startsWith("set", "transaction")
          || s.is(0, "lock")
          || s.is(0, "declare")
          || s.is(0, "savepoint")
          || isLocalSetting(s)
          || (s.is(0, "select") && hasWord(s, "lo_open"))
          || (s.is(0, "create")
              && (s.is(1, "temp") || s.is(1, "temporary"))
              && hasWord(s, "commit"));
    }

    /** Returns true for {@code SELECT set_config(name, value, true)}. */
    private static boolean isLocalSetting(Statement s) {
      return s.is(0, "select") && hasWord(s, "set_config") && hasWord(s, "true");
    }

    private static boolean hasWord(Statement s, String word) {
      return s.tokens().stream().anyMatch(token -> token.is(word));
    }
  }

  /** The way in which a statement of the schema file is restored. */
  sealed interface Step {

    /** Sends the statement in one round trip with its neighbours. */
    record Batched(Statement statement, String sql) implements Step {}

    /** Sends the statement by itself. */
    record Alone(Statement statement, String sql) implements Step {}

    /** Sends a COPY with the rows that follow it. */
    record Copied(Statement statement, String rows) implements Step {}

    /** Sends transaction control of the file's own, by itself. */
    record Transaction(Statement statement) implements Step {}

    /** Sends nothing: the statement means nothing in the sandbox. */
    record Skipped() implements Step {}

    /** Sends nothing, for a reason that the report gives. */
    record LeftOut(String note) implements Step {}

    /** Sends nothing, for that reason, though production has what the statement makes. */
    record Lost(Statement statement, String reason) implements Step {}

    /** Sends nothing: the statement would reach out of the database. It becomes a restore gap. */
    record Refused(Statement statement, String reason) implements Step {}
  }
}
