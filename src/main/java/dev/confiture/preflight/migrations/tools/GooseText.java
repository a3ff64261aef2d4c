package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as <a href="https://pressly.github.io/goose/documentation/annotations/">goose</a> reads
 * it: line by line, a statement ends at a line whose last word ends in a semicolon, whatever quotes
 * are open.
 *
 * @param starts where each statement begins
 * @param notSent the places that are not sent: markers, comments between statements, what goes down
 * @param transactional true if goose opens a transaction
 * @param hasDown true if there is a part that goes down
 * @param refusals the reasons for which goose does not run the file
 */
record GooseText(
    List<Integer> starts,
    List<Span> notSent,
    boolean transactional,
    boolean hasDown,
    List<Refusal> refusals) {

  private static final Pattern MARKER = Pattern.compile("--\\s*\\+goose\\s+(\\S.*?)\\s*");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w");

  GooseText {
    starts = List.copyOf(starts);
    notSent = List.copyOf(notSent);
    refusals = List.copyOf(refusals);
  }

  /** Returns true if a line of a text is one of goose's markers. */
  static boolean hasMarker(SourceText text) {
    for (int line = 1; line <= text.lineCount(); line++) {
      if (MARKER.matcher(text.line(line)).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Reads a file. */
  static GooseText of(SourceText text) {
    Reader reader = new Reader(text);
    for (int line = 1; line <= text.lineCount(); line++) {
      reader.read(line);
    }
    return reader.end();
  }

  private enum Direction {
    NONE,
    UP,
    DOWN
  }

  private static final class Reader {

    private final SourceText text;
    private final List<Integer> starts = new ArrayList<>();
    private final List<Span> sent = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private Direction direction = Direction.NONE;
    private boolean inStatement;
    private boolean transactional = true;
    private boolean substituting;
    private boolean hasDown;
    private int begun = -1;

    Reader(SourceText text) {
      this.text = text;
    }

    private void read(int number) {
      String line = text.line(number);
      Matcher marker = MARKER.matcher(line);
      boolean hidden = number == 1 && text.hasByteOrderMark();
      if (!hidden && marker.matches() && marked(number, marker.group(1).toLowerCase(Locale.ROOT))) {
        return;
      }
      boolean blank = !hidden && (line.isEmpty() || line.strip().startsWith("--"));
      if (begun < 0 && (blank || (direction == Direction.NONE && line.isBlank()))) {
        return;
      }
      if (direction == Direction.NONE && number == 1 && text.hasByteOrderMark()) {
        refuse(
            number,
            "a byte order mark hides the first line's marker",
            "save the file without a byte order mark");
        direction = Direction.DOWN;
      }
      if (direction == Direction.NONE) {
        refuse(
            number, "must start with '-- +goose Up' annotation", "begin the file with the marker");
        direction = Direction.DOWN;
      }
      if (direction == Direction.DOWN) {
        return;
      }
      if (begun < 0) {
        begun = text.lineStart(number);
      }
      if (substituting && VARIABLE.matcher(line).find()) {
        refusals.add(
            new Refusal(
                Refusal.Stage.NOT_REHEARSABLE,
                text.lineStart(number),
                end(number),
                "goose puts variables of the deployment's environment into this line, which are not"
                    + " known here",
                Optional.of("write the value itself")));
      }
      if (!inStatement && SqlMigrateText.endsStatement(line)) {
        send(number);
      }
    }

    /** Does what a marker asks for; returns false for one that goose does not know. */
    private boolean marked(int number, String marker) {
      switch (marker) {
        case "up" -> {
          if (direction != Direction.NONE) {
            refuse(number, "duplicate '-- +goose Up' annotations", "leave one of them");
          }
          direction = Direction.UP;
        }
        case "down" -> {
          if (direction == Direction.NONE) {
            refuse(
                number,
                "must start with '-- +goose Up' annotation",
                "put what goes up before what goes down");
          }
          unfinished(number);
          hasDown = true;
          direction = Direction.DOWN;
        }
        case "statementbegin" -> inStatement = true;
        case "statementend" -> {
          if (inStatement && direction == Direction.UP && begun >= 0) {
            send(number - 1);
          }
          inStatement = false;
        }
        case "no transaction" -> transactional = false;
        case "envsub on" -> substituting = true;
        case "envsub off" -> substituting = false;
        default -> {
          return false;
        }
      }
      return true;
    }

    private void send(int last) {
      starts.add(begun);
      sent.add(new Span(begun, end(last)));
      begun = -1;
    }

    private int end(int line) {
      return line == text.lineCount() ? text.length() : text.lineStart(line + 1);
    }

    private void unfinished(int number) {
      int end = number > text.lineCount() ? text.length() : text.lineStart(number);
      if (begun >= 0 && !text.substring(begun, end).isBlank()) {
        refusals.add(
            new Refusal(
                Refusal.Stage.TEXT,
                begun,
                end,
                "goose does not run the file: unexpected unfinished SQL query: missing semicolon?",
                Optional.of("end the statement with a semicolon at the end of its line")));
      }
      begun = -1;
    }

    private void refuse(int number, String message, String hint) {
      refusals.add(
          new Refusal(
              Refusal.Stage.TEXT,
              text.lineStart(number),
              end(number),
              "goose does not run the file: failed to parse migration: " + message,
              Optional.of(hint)));
    }

    private GooseText end() {
      if (direction == Direction.NONE && refusals.isEmpty()) {
        refusals.add(
            Refusal.ofFile(
                "goose does not run the file: must start with '-- +goose Up' annotation",
                "begin the file with the marker"));
      }
      if (inStatement) {
        refusals.add(
            Refusal.ofFile(
                "goose does not run the file: missing '-- +goose StatementEnd' annotation",
                "end the statement with the marker"));
        begun = -1;
      }
      unfinished(text.lineCount() + 1);
      return new GooseText(starts, between(), transactional, hasDown, refusals);
    }

    private List<Span> between() {
      List<Span> between = new ArrayList<>();
      int from = 0;
      for (Span each : sent) {
        between.add(new Span(from, each.start()));
        from = each.end();
      }
      between.add(new Span(from, text.length()));
      return between.stream().filter(span -> span.start() < span.end()).toList();
    }
  }
}
