package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Answer.Notice;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of one transaction from BEGIN on, sent before the server answers to any.
 *
 * <p>The server does with them as with messages one by one: once it has refused one it refuses all
 * that follow.
 *
 * @param <M> what a message is
 */
final class Flight<M> {

  private record Part<M>(M message, String text, int statements) {}

  private final List<Part<M>> parts = new ArrayList<>();

  /** The end of a flight. */
  sealed interface End<M> {

    /** The server executed all of it. */
    record Executed<M>(List<Notice> notices) implements End<M> {}

    /**
     * The server refused a message.
     *
     * @param completed how many of its statements it had completed before
     */
    record Refused<M>(M message, ServerError error, int completed) implements End<M> {}

    /**
     * The session ended at a message.
     *
     * @param completed how many of its statements the server had completed before
     */
    record Lost<M>(M message, Answer.Lost answer, int completed) implements End<M> {}
  }

  /**
   * Adds a message.
   *
   * @param statements how many statements its text holds
   */
  void add(M message, String text, int statements) {
    parts.add(new Part<>(message, text, statements));
  }

  /** Returns true if the messages are few and short enough. */
  boolean isPossible() {
    return Session.maySendAhead(texts());
  }

  /** Sends it. */
  End<M> send(MigratingSession session) {
    int most = parts.stream().mapToInt(Part::statements).max().orElse(1);
    Session.Ahead ahead = session.sendAhead(texts(), most);
    return switch (ahead.answer()) {
      case Answer.Completed(List<Notice> notices) -> new End.Executed<>(notices);
      case Answer.Refused(ServerError error, int completed) -> {
        int index = Math.min(ahead.executed(), parts.size() - 1);
        yield new End.Refused<>(parts.get(index).message(), error, within(index, completed));
      }
      case Answer.Lost lost -> {
        // The server tells what a statement has set when it has completed it.
        int index =
            lost.endedByDriver()
                ? Math.max(holding(lost.completed() - 1), Math.min(1, parts.size() - 1))
                : holding(lost.completed());
        yield new End.Lost<>(parts.get(index).message(), lost, within(index, lost.completed()));
      }
    };
  }

  private List<String> texts() {
    return parts.stream().map(Part::text).toList();
  }

  /** Returns the index of the message that holds the statement behind so many. */
  private int holding(int completed) {
    int index = 0;
    while (index < parts.size() - 1 && completed >= before(index + 1)) {
      index++;
    }
    return index;
  }

  private int within(int index, int completed) {
    return Math.max(0, completed - before(index));
  }

  private int before(int index) {
    return parts.subList(0, index).stream().mapToInt(Part::statements).sum();
  }
}
