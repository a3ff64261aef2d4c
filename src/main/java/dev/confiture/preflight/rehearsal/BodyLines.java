package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.CallStack.Frame;
import dev.confiture.preflight.sql.Literal;
import dev.confiture.preflight.sql.RoutineBody;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The place of an error that was raised in a string of the file: in the body of a DO block or
 * function, or in a command that is put together there. It is that of the innermost frame of the
 * call stack that stands in the file.
 *
 * <p>PL/pgSQL counts lines from the one that holds the body's opening quote; the position that the
 * server tells is one in the command that ran.
 */
final class BodyLines {

  /** A longer command is not looked for. */
  private static final int LONGEST_COMMAND = 20_000;

  private final Script script;
  private final Statement failed;
  private final String command;
  private final int position;

  /**
   * A body that the call stack leads to.
   *
   * @param start the index in it of the line, or the statement, that ran
   */
  private record Reached(Literal body, int start) {}

  private BodyLines(Script script, Statement failed, ServerError error) {
    this.script = script;
    this.failed = failed;
    this.command = error.internalQuery().filter(q -> q.length() <= LONGEST_COMMAND).orElse("");
    this.position = command.isEmpty() ? 0 : error.internalPosition();
  }

  static Optional<Span> offsets(Script script, Statement failed, ServerError error) {
    BodyLines lines = new BodyLines(script, failed, error);
    return lines.ofWholeString().or(() -> lines.inBody(CallStack.of(error).frames()));
  }

  /** Finds a string of the file that is the whole command, as a body in SQL is. */
  private Optional<Span> ofWholeString() {
    if (position > 0) {
      for (Statement statement : script.statements().reversed()) {
        boolean before = statement.start() <= failed.start();
        for (int i = 0; before && i < statement.tokens().size(); i++) {
          Literal string = Literal.of(statement.tokens(), i);
          if (string.length() > 0 && string.value().equals(command)) {
            return Optional.of(DynamicCommand.name(string, position - 1));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Span> inBody(List<Frame> frames) {
    Optional<Reached> reached = Optional.empty();
    boolean innermost = false;
    for (Frame frame : frames.reversed()) {
      Optional<Reached> inner = reach(frame, reached);
      innermost = inner.isPresent();
      reached = innermost ? inner : reached;
    }
    boolean ran = innermost && position > 0;
    return reached.map(
        at ->
            (ran
                    ? new DynamicCommand(command, position, at.body(), at.start()).place()
                    : Optional.<Span>empty())
                .orElseGet(() -> line(at)));
  }

  private Optional<Reached> reach(Frame frame, Optional<Reached> outer) {
    return switch (frame) {
      case Frame.Block(int line) ->
          outer
              .map(BodyLines::blockIn)
              .orElseGet(
                  () ->
                      failed.is(0, "do")
                          ? RoutineBody.values(failed).stream().findFirst()
                          : Optional.empty())
              .flatMap(body -> atLine(body, line));
      case Frame.Routine routine -> definedHere(routine).flatMap(body -> at(body, routine));
      case Frame.Row _ -> Optional.empty();
    };
  }

  private static Optional<Reached> at(Literal body, Frame.Routine routine) {
    if (!routine.ofStatements()) {
      return atLine(body, routine.number());
    }
    List<Statement> statements = Script.of(body.text()).statements();
    int number = routine.number() == 0 && statements.size() == 1 ? 1 : routine.number();
    return number > 0 && number <= statements.size()
        ? Optional.of(new Reached(body, statements.get(number - 1).start()))
        : Optional.empty();
  }

  private static Optional<Reached> atLine(Literal body, int line) {
    int start = 0;
    for (int n = 1; n < line; n++) {
      while (start < body.length() && body.codePointAt(start) != '\n') {
        start++;
      }
      start++;
    }
    return line > 0 && start <= body.length()
        ? Optional.of(new Reached(body, start))
        : Optional.empty();
  }

  /** Finds the body of a DO block that a command of another body runs. */
  private static Optional<Literal> blockIn(Reached outer) {
    List<Token> tokens = DynamicCommand.tokens(outer.body(), outer.start());
    for (int i = 0; i < tokens.size(); i++) {
      Literal string = Literal.of(tokens, i).within(outer.body());
      List<Token> inner = string.tokens();
      if (!inner.isEmpty() && inner.getFirst().is("do")) {
        return RoutineBody.values(inner).stream().findFirst().map(body -> body.within(string));
      }
      if (!inner.isEmpty() && i > 0 && tokens.get(i - 1).is("do")) {
        return Optional.of(string);
      }
    }
    return Optional.empty();
  }

  /**
   * Finds the body of a function that the file makes before the statement, the newest first; none
   * where the frame does not tell which of two schemas it is in.
   */
  private Optional<Literal> definedHere(Frame.Routine routine) {
    Optional<Literal> found = Optional.empty();
    Optional<Literal> exact = Optional.empty();
    Set<Optional<String>> schemas = new HashSet<>();
    for (Statement statement : script.statements().reversed()) {
      Optional<RoutineBody.Signature> made =
          statement.start() <= failed.start()
              ? RoutineBody.signature(statement).filter(s -> s.name().matches(routine.name()))
              : Optional.empty();
      Optional<Literal> body =
          made.flatMap(_ -> RoutineBody.values(statement).stream().findFirst());
      if (body.isPresent()) {
        found = found.isPresent() ? found : body;
        if (made.get().arguments() == routine.arguments()) {
          exact = exact.isPresent() ? exact : body;
          schemas.add(made.get().name().schema());
        }
      }
    }
    return schemas.size() > 1 && routine.name().schema().isEmpty()
        ? Optional.empty()
        : exact.isPresent() ? exact : found;
  }

  /** Returns the line, or as much of the statement as stands on one. */
  private static Span line(Reached at) {
    Literal body = at.body();
    int start = at.start();
    int end = start;
    while (end < body.length() && body.codePointAt(end) != '\n') {
      end++;
    }
    while (end > start && Character.isWhitespace(body.codePointAt(end - 1))) {
      end--;
    }
    while (start < end && Character.isWhitespace(body.codePointAt(start))) {
      start++;
    }
    return new Span(body.offset(start), Math.max(body.offset(start), body.offset(end)));
  }
}
