package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides what is done with each statement of a schema file.
 *
 * <p>The file may come from a pull request, and a superuser restores it. What reaches out of the
 * database by itself is refused by name: files and programs of the server, C code, other servers,
 * the settings of the cluster, roles that this run did not make. What code of the file does when it
 * is called ({@code DO}, a function in an index, a default) cannot be told from its words, and a
 * superuser's session can always become superuser again, so a role of less privilege would only
 * look like a fence: the fence is the operating system user of a server of our own, and on a given
 * server the user that the URL names. The report says when a file runs code.
 */
final class Steps {

  private final boolean superuser;
  private final ClusterObjects cluster;

  /**
   * For one database.
   *
   * @param database the one that stands for the file's own
   * @param made the roles that this run has made, and may change
   */
  Steps(boolean superuser, String database, Collection<String> made) {
    this.superuser = superuser;
    this.cluster = new ClusterObjects(database, made);
  }

  List<Step> of(Script script) {
    List<Step> steps = new ArrayList<>();
    List<Piece> pieces = script.pieces();
    Transactions transactions = Transactions.of(script.statements());
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof MetaCommand command) {
        PsqlCommands.note(script, command).ifPresent(note -> steps.add(new Step.LeftOut(note)));
      } else if (pieces.get(i) instanceof Statement statement) {
        if (transactions.isUndone(statement)) {
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
                  : of(statement));
        }
      }
    }
    PsqlCommands.noteOnDatabases(script).ifPresent(note -> steps.add(new Step.LeftOut(note)));
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
                    + ": it ran as the superuser that restores");
  }

  private Step of(Statement s) {
    return switch (s.tokens().getFirst().identifier()) {
      case "set" -> SessionSettings.step(s);
      case "reset", "discard" -> new Step.Alone(s, s.text());
      case "create" -> create(s);
      case "alter" -> alter(s);
      case "drop" -> ClusterObjects.drop(s);
      case "comment", "security" -> ClusterObjects.remark(s);
      case "grant", "revoke" -> cluster.grant(s);
      case "import" -> new Step.LeftOut("IMPORT FOREIGN SCHEMA is left out: it would dial out");
      case "copy" -> new Step.Refused(s, "COPY to or from the server's files or programs");
      case "load" -> new Step.Refused(s, "LOAD");
      case "vacuum", "analyze", "analyse", "cluster", "reindex", "checkpoint", "reassign" ->
          new Step.Skipped();
      default -> new Step.Batched(s, s.text());
    };
  }

  private static Step create(Statement s) {
    if (s.is(1, "database") || s.is(1, "tablespace")) {
      return new Step.Skipped();
    }
    if (s.is(1, "subscription")) {
      return new Step.LeftOut("subscriptions of the schema are left out: they would dial out");
    }
    if (s.startsWith("create", "user", "mapping")) {
      return new Step.LeftOut("user mappings of the schema are left out: they hold secrets");
    }
    if (s.is(1, "role") || s.is(1, "user") || s.is(1, "group")) {
      // Stub roles stand for them, without their attributes.
      return new Step.Skipped();
    }
    if (s.is(1, "extension")) {
      return new Step.Alone(s, s.text());
    }
    return NativeCode.isMadeBy(s)
        ? new Step.Refused(s, "a function in C")
        : new Step.Batched(s, s.text());
  }

  private Step alter(Statement s) {
    if (s.is(1, "system")) {
      return new Step.Refused(s, "ALTER SYSTEM");
    }
    if (s.is(1, "subscription")
        || s.is(1, "tablespace")
        || s.startsWith("alter", "user", "mapping")) {
      return new Step.Skipped();
    }
    if (s.is(1, "database")) {
      return cluster.alterDatabase(s);
    }
    if (s.is(1, "role") || s.is(1, "user") || s.is(1, "group")) {
      return cluster.alterRole(s);
    }
    // Their owner must be a superuser, which no stub role is: they stay with the one who restores.
    boolean superusers = s.startsWith("alter", "event") || s.startsWith("alter", "foreign", "data");
    return superuser && superusers && hasOwner(s)
        ? new Step.Skipped()
        : new Step.Batched(s, s.text());
  }

  private static boolean hasOwner(Statement s) {
    return s.tokens().stream().anyMatch(token -> token.is("owner"));
  }
}
