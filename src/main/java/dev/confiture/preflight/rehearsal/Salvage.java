package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.MendedMigration.LeftOut;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends a file as its tool does and, where it fails, again without what failed, until the rest of
 * it passes: so each of its errors shows, and later files find what it can make.
 *
 * <p>Nothing but the whole file in a session of its own is what a deployment would do: in
 * savepoints a statement at a time, sequences advance twice, and prepared statements, settings and
 * the file's own savepoints and COMMITs mean something else.
 */
final class Salvage {

  /** Limits how often a file is sent. */
  private static final int MOST_REPLAYS = 30;

  private final SentFile file;
  private final Places places;
  private final CatalogEvidence evidence;
  private final Sequences sequences;
  private final Optional<SessionState> before;

  private final List<Failure> failures = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Set<Observation> observations = new LinkedHashSet<>();
  private final Set<Span> out = new LinkedHashSet<>();
  private final Set<Integer> stayed = new HashSet<>();
  private Optional<RunMode> resumed = Optional.empty();
  private int replays;

  /**
   * Prepares to salvage one file.
   *
   * @param before the session that the tool shares among all files, where it does
   */
  Salvage(
      SentFile file,
      Places places,
      CatalogEvidence evidence,
      Sequences sequences,
      Optional<SessionState> before) {
    this.file = file;
    this.places = places;
    this.evidence = evidence;
    this.sequences = sequences;
    this.before = before;
  }

  /** Leaves a statement out from the beginning: it is known to fail, and by what. */
  void leaveOut(Statement statement, List<Failure> known) {
    failures.addAll(known);
    leftOut.add(new LeftOut(statement));
    out.addAll(file.spans(statement));
  }

  /** Leaves out a place that the tool refuses, and the statements there. */
  void leaveOut(Span place) {
    out.add(place);
    file.holding(place).forEach(statement -> leaveOut(statement, List.of()));
  }

  /** Prepares to send the file once more, as it is, from where it stopped. */
  Delivery again(SendResult.Stopped stopped, SentScript sent) {
    takeBack(stopped, sent);
    return file.delivery(out);
  }

  /** Returns how many of the file's statements stay applied, and are not sent again. */
  int applied() {
    return stayed.size();
  }

  /** Sends it, or the rest of it. */
  SendResult deliver(Delivery delivery) {
    return resumed.isPresent() ? delivery.resume(resumed.get()) : delivery.deliver();
  }

  /** Sends the file until it passes. */
  MendedMigration run() {
    try {
      return sent();
    } finally {
      file.database().takeBackRights();
    }
  }

  private MendedMigration sent() {
    boolean going = true;
    while (going && !file.session().stopped()) {
      Delivery delivery = file.delivery(out);
      SendResult result = deliver(delivery);
      SentScript sent = delivery.script();
      going =
          switch (result) {
            case SendResult.Committed _ -> {
              file.transactions().keep(delivery);
              yield false;
            }
            case SendResult.Stopped stopped -> goesOn(stopped, sent);
            case SendResult.Skipped _, SendResult.TakenBack _, SendResult.ServerGone _ -> {
              nothingStays();
              yield false;
            }
          };
    }
    failures.replaceAll(this::asCommitFoundIt);
    return new MendedMigration(failures, leftOut, List.copyOf(observations));
  }

  /** Looks at the rows anew that the file has made before the COMMIT that refused it. */
  private Failure asCommitFoundIt(Failure failure) {
    return failure.source() == Failure.Source.COMMIT && failure.statement().isPresent()
        ? new Failure(
            failure.source(),
            failure.error(),
            failure.place(),
            failure.statement(),
            evidence.of(failure.statement().get().statement(), failure.error()))
        : failure;
  }

  /** Notes that nothing stays but what a COMMIT of the file's own has kept already. */
  private void nothingStays() {
    leftOut.clear();
    file.script().statements().stream()
        .filter(statement -> !stayed.contains(statement.start()))
        .forEach(statement -> leftOut.add(new LeftOut(statement)));
  }

  /** Leaves out what failed; returns true if the file is to be sent again. */
  private boolean goesOn(SendResult.Stopped stopped, SentScript sent) {
    List<Statement> statements = sent.script().statements();
    boolean server = stopped.source() == Failure.Source.SERVER;
    if (++replays >= MOST_REPLAYS) {
      note(stopped, sent);
      observations.add(new Observation.ReplaysEnded(MOST_REPLAYS));
      takeBack(stopped, sent);
      nothingStays();
      return false;
    }
    if (lends(stopped, sent)) {
      takeBack(stopped, sent);
      return true;
    }
    if (stopped.statement().isPresent()
        && file.text().isKnownUpTo(statements.get(stopped.statement().getAsInt()))) {
      note(stopped, sent);
      takeBack(stopped, sent);
      leaveOutFrom(statements.get(stopped.statement().getAsInt()));
      return true;
    }
    if (stopped.source() == Failure.Source.UNSUPPORTED) {
      // The rest would run without a setting that the driver cannot bear.
      note(stopped, sent);
      nothingStays();
      return false;
    }
    if (stopped.isOfTheFile()) {
      return culprit(stopped, sent);
    }
    int index = stopped.statement().getAsInt();
    Statement failing = statements.get(index);
    int known = out.size();
    Optional<PartSearch.Result> parts =
        server && !stopped.error().needsNoTransactionBlock()
            ? partsOf(stopped, sent, failing, index)
            : Optional.empty();
    if (parts.isPresent()) {
      parts.get().refused().forEach(refused -> failures.add(failure(refused, failing)));
      leftOut.add(new LeftOut(file.original(failing), parts.get().spans()));
      out.addAll(parts.get().spans());
    } else {
      note(stopped, sent);
      leftOut.add(new LeftOut(file.original(failing)));
      out.addAll(file.spans(file.original(failing)));
    }
    takeBack(stopped, sent);
    if (out.size() == known) {
      // What is left out already failed once more: it would for ever.
      nothingStays();
      return false;
    }
    return true;
  }

  /** Leaves out a query that tells nothing, and all behind it: nobody knows what that is. */
  private void leaveOutFrom(Statement query) {
    for (Statement statement : file.script().statements()) {
      if (statement.start() >= query.start()) {
        leftOut.add(new LeftOut(statement));
        out.addAll(file.spans(statement));
      }
    }
  }

  /**
   * Lends the migration role what production's may have, where the server refused for want of it;
   * returns true if the file is to be sent again as it is.
   */
  private boolean lends(SendResult.Stopped stopped, SentScript sent) {
    if (!stopped.error().is(SqlState.INSUFFICIENT_PRIVILEGE)) {
      return false;
    }
    Failure refused = failure(stopped, sent);
    if (refused.evidence().right().isEmpty() || !file.database().lendRights()) {
      return false;
    }
    if (file.database().rights() != RoleRights.SUPERUSER) {
      failures.add(refused);
    }
    return true;
  }

  private Optional<PartSearch.Result> partsOf(
      SendResult.Stopped stopped, SentScript sent, Statement failing, int index) {
    PartSearch search = new PartSearch(file, sent, failing);
    if (stopped.appliedBefore() == 0) {
      ready();
    }
    return search.search(stopped, index);
  }

  /**
   * Finds the statement without which the file passes, or comes to another error: for a refused
   * COMMIT, or a refused record of the tool, the server names none. The last such statement is
   * taken. Returns true if the file is to be sent again.
   */
  private boolean culprit(SendResult.Stopped stopped, SentScript sent) {
    List<Statement> statements = sent.script().statements();
    int end = stopped.statement().orElse(statements.size());
    List<Statement> open = statements.subList(stopped.appliedBefore(), end);
    Suspects suspects = new Suspects(stopped.error(), open);
    Optional<Statement> changing = Optional.empty();
    takeBack(stopped, sent);
    for (Statement suspect : suspects.inOrder()) {
      if (replays >= MOST_REPLAYS || file.session().stopped()) {
        break;
      }
      Statement cause = file.original(suspect);
      Set<Span> without = new LinkedHashSet<>(out);
      without.addAll(file.spans(cause));
      replays++;
      Delivery delivery = file.delivery(without);
      SendResult result = deliver(delivery);
      SentScript rest = delivery.script();
      if (result instanceof SendResult.Committed) {
        file.transactions().keep(delivery);
        leaveOutCulprit(stopped, cause);
        return false;
      }
      if (result instanceof SendResult.Stopped next) {
        if (isBehind(next, rest, stopped, sent)) {
          leaveOutCulprit(stopped, cause);
          return goesOn(next, rest);
        }
        if (changing.isEmpty()
            && suspects.mayChange(suspect)
            && isAnotherError(next, rest, stopped, sent)) {
          changing = Optional.of(cause);
        }
      }
      sequences.putBack();
      if (resumed.isEmpty() || file.session().isLost()) {
        ready();
      }
      if (changing.isPresent() && suspects.isNamed(cause)) {
        break;
      }
    }
    if (changing.isPresent()) {
      leaveOutCulprit(stopped, changing.get());
      return true;
    }
    failures.add(failure(stopped, Optional.empty(), places.file()));
    if (stopped.statement().isEmpty()) {
      nothingStays();
      return false;
    }
    // Without its transaction the rest of the file can still be tried.
    for (Statement each : statements.subList(stopped.appliedBefore(), end + 1)) {
      leftOut.add(new LeftOut(file.original(each)));
      out.addAll(file.spans(file.original(each)));
    }
    return true;
  }

  private void leaveOutCulprit(SendResult.Stopped stopped, Statement cause) {
    failures.add(failure(stopped, Optional.of(cause), places.statement(cause)));
    leftOut.add(new LeftOut(cause));
    out.addAll(file.spans(cause));
  }

  /** Returns true if the file has passed the COMMIT of its own at which it stopped before. */
  private boolean isBehind(
      SendResult.Stopped next, SentScript rest, SendResult.Stopped before, SentScript sent) {
    return before.statement().isPresent()
        && (next.statement().isEmpty() || start(next, rest) > start(before, sent));
  }

  /** Returns true if it stopped at the same COMMIT, and for another reason. */
  private boolean isAnotherError(
      SendResult.Stopped next, SentScript rest, SendResult.Stopped before, SentScript sent) {
    return next.source() == Failure.Source.COMMIT
        && before.source() == Failure.Source.COMMIT
        && !next.error().sameAs(before.error())
        && (next.statement().isPresent()
            ? before.statement().isPresent() && start(next, rest) == start(before, sent)
            : before.statement().isEmpty());
  }

  private int start(SendResult.Stopped stopped, SentScript sent) {
    return file.original(sent.script().statements().get(stopped.statement().getAsInt())).start();
  }

  /**
   * The statements that may have deferred what COMMIT refuses, those first that the error speaks
   * of: they change its table, and have a value that it names.
   */
  private static final class Suspects {

    private final List<Statement> all;
    private final Set<String> said;
    private final Set<String> tables;

    Suspects(ServerError error, List<Statement> open) {
      this.said = new HashSet<>(MessageNames.words(error.message()));
      error.detail().map(MessageNames::words).ifPresent(said::addAll);
      this.tables =
          open.stream()
              .flatMap(statement -> tablesOf(statement).stream())
              .filter(
                  table -> said.contains(table) || error.table().filter(table::equals).isPresent())
              .collect(Collectors.toSet());
      this.all =
          open.stream()
              .filter(statement -> TransactionControl.of(statement).isEmpty())
              .toList()
              .reversed();
    }

    List<Statement> inOrder() {
      return all.stream().sorted(Comparator.comparingInt(s -> -rank(s))).toList();
    }

    private int rank(Statement statement) {
      return (mayChange(statement) ? 2 : 0) + (hasValue(statement) ? 1 : 0);
    }

    boolean isNamed(Statement statement) {
      return mayChange(statement) && hasValue(statement);
    }

    /** Returns true if it changes the error's table, as far as that is known. */
    boolean mayChange(Statement statement) {
      return tables.isEmpty() || tablesOf(statement).stream().anyMatch(tables::contains);
    }

    private boolean hasValue(Statement statement) {
      return statement.tokens().stream()
          .anyMatch(
              token ->
                  (token.kind() == Token.Kind.NUMBER && said.contains(token.text()))
                      || (token.kind() == Token.Kind.STRING && said.contains(token.stringValue())));
    }

    private static Set<String> tablesOf(Statement statement) {
      return Effects.ofRows(statement).stream()
          .map(effect -> effect.object().name().name())
          .collect(Collectors.toSet());
    }
  }

  private Failure failure(SendResult.Stopped stopped, Optional<Statement> cause, Place place) {
    return new Failure(
        stopped.source(),
        stopped.error(),
        place,
        cause
            .filter(_ -> place.foundBy() != Place.FoundBy.FILE)
            .map(statement -> places.statementPlace(statement, place)),
        cause
            .or(() -> file.script().statements().stream().reduce((_, last) -> last))
            .map(statement -> evidence.of(statement, stopped.error()))
            .orElse(Evidence.NONE));
  }

  private void note(SendResult.Stopped stopped, SentScript sent) {
    Failure failure = failure(stopped, sent);
    // What is refused with lent rights too was noted when they were lent.
    if (failures.stream().noneMatch(failure::isSameAs)) {
      failures.add(failure);
    }
  }

  private Failure failure(SendResult.Stopped stopped, SentScript sent) {
    if (stopped.isOfTheFile()) {
      return failure(stopped, Optional.empty(), places.file());
    }
    Statement failing =
        file.original(sent.script().statements().get(stopped.statement().getAsInt()));
    return places.failure(stopped.source(), failing, stopped.error(), stopped.position(), evidence);
  }

  private Failure failure(PartSearch.Refused refused, Statement failing) {
    return places.failure(
        Failure.Source.SERVER,
        file.original(failing),
        refused.part(),
        refused.error(),
        refused.position(),
        evidence);
  }

  /** Goes on behind a COMMIT of the file's own, where there is one; else begins it anew. */
  private void takeBack(SendResult.Stopped stopped, SentScript sent) {
    sequences.putBack();
    if (stopped.mode() != RunMode.TRANSACTION) {
      evidence.dropNewInvalidIndexes();
    }
    if (stopped.appliedBefore() > 0 && !file.session().isLost()) {
      resumed = Optional.of(stopped.mode());
      for (Statement applied : sent.script().statements().subList(0, stopped.appliedBefore())) {
        out.addAll(file.spans(file.original(applied)));
        stayed.add(applied.start());
      }
    } else {
      ready();
    }
  }

  /** Gives the file the session that it would begin in. */
  private void ready() {
    boolean lost = file.session().isLost();
    file.transactions()
        .nextFile(
            file.execution().sharesOneSession()
                ? Transactions.Begins.IN_SAME_SESSION
                : Transactions.Begins.IN_NEW_SESSION);
    if (before.isPresent() && lost) {
      before.get().putInto(file.session()).stream()
          .map(Observation.LostWithSession::new)
          .forEach(observations::add);
    } else {
      before.ifPresent(state -> state.putBack(file.session()));
    }
  }
}
