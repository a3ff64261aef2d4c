package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.Evidence.TransactionFact;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How files get their transactions: real ones that are committed, one a file or one for all, or
 * savepoints in one transaction that is rolled back.
 */
sealed interface Transactions extends Questions, AutoCloseable
    permits CommittedTransactions, RunTransactions, SavepointTransactions {

  /** The session that a file begins in. */
  enum Begins {
    /** The last file's, as that one left it. */
    IN_SAME_SESSION,
    /** The last file's, discarded: the tool connects anew, and to the file it is the same. */
    DISCARDED,
    /** A new one. */
    IN_NEW_SESSION
  }

  /** Readies the session for the next file, or for the same one once more. */
  void nextFile(Begins begins);

  /** Opens a session again if the last one's backend is gone, in the state that it was in. */
  void revive();

  /** Returns the parts of a text that cannot be run in them; none where all can. */
  List<Refusal> refusals(Script script);

  /** Returns the text to send: as long as the given one, so that positions stay. */
  String textToSend(String text);

  /** Returns true if what a file commits is committed. */
  boolean areReal();

  /**
   * The commands that begin a file's transaction and end it well.
   *
   * @param commands how many each of both is
   */
  record Frame(String begin, String commit, int commands) {}

  /**
   * Returns those of {@link #begin} and {@link #commit}, where these do nothing else; empty where
   * they look at the session, too.
   */
  default Optional<Frame> frame() {
    return Optional.empty();
  }

  /** Begins a file's transaction. */
  Answer begin(List<Statement> statements);

  /** Ends it well: what was deferred is checked. */
  Answer commit(List<Statement> statements);

  /** Takes it back. */
  void rollback();

  /**
   * Leaves every transaction, so that a statement can run outside one; whether that may be. What
   * ran before is then permanent.
   */
  boolean leave();

  /** Returns true if what ran is permanent in a database that was to be left as it was. */
  boolean consumed();

  /** Returns the value for the numbered column of the ledger, where no sequence may be advanced. */
  Optional<Ledger.Key> ledgerKey();

  /** Keeps a file that passed, for the case that it has to be sent again. */
  void keep(Delivery delivery);

  /** Returns how many files were kept, where they are committed together. */
  default int kept() {
    return 0;
  }

  /**
   * Returns what of an error may be owed to one transaction around all files; empty where there is
   * none.
   */
  Set<TransactionFact> facts(ServerError error);

  /**
   * Tells of the next file whether a COMMIT behind it is known to be refused, where files are
   * committed together: then it is asked for at the end of that file.
   */
  default void checksNext(boolean refused) {}

  /**
   * Commits what is committed behind the last file. After a refusal it is tried again without the
   * file that is behind it, by another call.
   *
   * @return the refusal; empty where there is none
   */
  default Optional<Refused> end() {
    return Optional.empty();
  }

  /**
   * A COMMIT of all files that the server refused.
   *
   * @param file the index, among the files that were kept, of the one that is behind it
   */
  record Refused(ServerError error, int file) {}

  /** Ends all of it; a second call does nothing. */
  @Override
  void close();
}
