package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TableParts;
import dev.confiture.preflight.sql.TableParts.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds how much of a failing CREATE TABLE or ALTER TABLE the server takes, as one statement: it
 * orders the actions of a table in phases, so that one after the other they would mean something
 * else.
 *
 * <p>Each attempt runs in a savepoint behind the file's statements before it, and all is taken
 * back.
 */
final class PartSearch {

  /** The most attempts at one statement; one with too many parts for that is left out whole. */
  private static final int MOST_ATTEMPTS = 1_000;

  private final SentFile file;
  private final SentScript sent;
  private final Statement statement;
  private final TableParts parts;
  private int attempts;

  /**
   * Prepares a search.
   *
   * @param sent the text of which the statement is one
   * @param statement it, as it was sent
   */
  PartSearch(SentFile file, SentScript sent, Statement statement) {
    this.file = file;
    this.sent = sent;
    this.statement = statement;
    this.parts = TableParts.of(statement);
  }

  /**
   * The parts to leave out.
   *
   * @param refused the parts that the server refuses beside those that it takes, each with its
   *     error; one alone is refused only together with all the others
   * @param spans their places, and the commas that go with them
   */
  record Result(List<Refused> refused, Set<Span> spans) {}

  /**
   * A part that is refused.
   *
   * @param position the file's offset that the server's position means, if it gave one
   */
  record Refused(Part part, ServerError error, OptionalInt position) {}

  /**
   * Finds the parts to leave out; empty where nothing of the statement can be kept.
   *
   * @param stopped how the file ended at this statement
   * @param index the statement's index in the text
   */
  Optional<Result> search(SendResult.Stopped stopped, int index) {
    // A statement that is not sent at all has no part that is at fault.
    if (parts.all().size() < 2
        || stopped.error().is(SqlState.NO_ACTIVE_SQL_TRANSACTION)
        || !begin(stopped, index)) {
      return Optional.empty();
    }
    try {
      return oneOut(stopped).or(() -> greedy(stopped));
    } finally {
      if (stopped.mode() == RunMode.OWN_TRANSACTIONS) {
        file.session().command("ROLLBACK");
      } else {
        file.transactions().rollback();
      }
    }
  }

  private boolean begin(SendResult.Stopped stopped, int index) {
    int from = stopped.appliedBefore();
    boolean own = stopped.mode() == RunMode.OWN_TRANSACTIONS;
    List<Statement> statements = sent.script().statements();
    if (!own
        && !(file.transactions().begin(statements.subList(from, index))
            instanceof Answer.Completed)) {
      return false;
    }
    for (Statement before : statements.subList(from, index)) {
      if (!(Delivery.send(file.session(), sent, before) instanceof Answer.Completed)) {
        return false;
      }
    }
    return !own
        || file.session().status() == TransactionStatus.IN_BLOCK
        || file.session().command("BEGIN") instanceof Answer.Completed;
  }

  /**
   * Finds one part without which the server takes all the others, trying first where the error
   * points.
   */
  private Optional<Result> oneOut(SendResult.Stopped stopped) {
    List<Part> candidates = new ArrayList<>(parts.all());
    candidates.sort(
        Comparator.comparing((Part part) -> !isAt(part, stopped.position()))
            .thenComparing(part -> !names(part, stopped.error()))
            .thenComparingInt(part -> part.span().end() - part.span().start()));
    for (Part part : candidates) {
      if (!parts.nothingWithout(List.of(part))
          && attempt(List.of(part)) instanceof Answer.Completed) {
        return Optional.of(
            new Result(
                List.of(new Refused(part, stopped.error(), stopped.position())),
                without(List.of(part))));
      }
    }
    return Optional.empty();
  }

  private static boolean isAt(Part part, OptionalInt position) {
    return position.isPresent() && part.span().contains(position.getAsInt());
  }

  private static boolean names(Part part, ServerError error) {
    return NamedToken.find(part.tokens(), error).isPresent();
  }

  /** Adds part by part to what the server takes, until it takes none of the rest. */
  private Optional<Result> greedy(SendResult.Stopped stopped) {
    Set<Part> out = new LinkedHashSet<>(parts.all());
    boolean any = !parts.nothingWithout(out) && attempt(out) instanceof Answer.Completed;
    if (!any && !parts.nothingWithout(out)) {
      return Optional.empty();
    }
    List<Refused> refused = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = false;
      refused.clear();
      for (Part part : parts.all()) {
        if (!out.contains(part) || isInside(part, out)) {
          continue;
        }
        Optional<Set<Part>> withAll = withAllInside(part, out);
        if (withAll.isPresent()) {
          out = withAll.get();
          any = true;
          more = true;
          continue;
        }
        Set<Part> without = new LinkedHashSet<>(out);
        without.remove(part);
        switch (attempt(without)) {
          case Answer.Completed _ -> {
            out = without;
            any = true;
            more = true;
          }
          case Answer.Refused(ServerError error, _) -> refused.add(refused(part, error));
          case Answer.Lost _ -> {
            return Optional.empty();
          }
        }
      }
    }
    boolean ofTheTable =
        !any && refused.stream().allMatch(each -> each.error().sameAs(stopped.error()));
    return any && !refused.isEmpty()
        ? Optional.of(new Result(refused, without(out)))
        : ofTheTable || refused.isEmpty()
            ? Optional.empty()
            : Optional.of(new Result(refused, file.spans(file.original(statement))));
  }

  private Set<Span> without(Collection<Part> out) {
    Set<Span> spans = parts.without(out);
    if (parts.isAnotherTableWithout(out)) {
      spans.addAll(file.spans(file.original(statement)));
    }
    return spans;
  }

  /** Adds a column with all that is written inside it, since not each of these may stand alone. */
  private Optional<Set<Part>> withAllInside(Part part, Set<Part> out) {
    Set<Part> without = new LinkedHashSet<>(out);
    without.removeIf(other -> other.element() == part.element());
    return part.isWhole()
            && out.size() - without.size() > 1
            && attempt(without) instanceof Answer.Completed
        ? Optional.of(without)
        : Optional.empty();
  }

  /** Returns true for a constraint whose column is left out. */
  private static boolean isInside(Part part, Set<Part> out) {
    return !part.isWhole()
        && out.stream().anyMatch(other -> other.isWhole() && other.element() == part.element());
  }

  private Refused refused(Part part, ServerError error) {
    return new Refused(
        part,
        error,
        error.position() > 0
            ? OptionalInt.of(sent.offset(statement, error.position()))
            : OptionalInt.empty());
  }

  private Answer attempt(Collection<Part> out) {
    if (++attempts > MOST_ATTEMPTS) {
      return new Answer.Lost("the statement has too many parts");
    }
    file.session().command("SAVEPOINT preflight_part");
    Answer answer =
        file.session()
            .send(
                statement
                    .source()
                    .blanked(parts.without(out))
                    .substring(statement.start(), statement.tokens().getLast().end()),
                1);
    if (!(answer instanceof Answer.Lost)) {
      file.session()
          .command("ROLLBACK TO SAVEPOINT preflight_part; RELEASE SAVEPOINT preflight_part");
    }
    return answer;
  }
}
