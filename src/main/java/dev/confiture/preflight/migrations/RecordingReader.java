package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a recording of the reports that the recorder sends, one after the other. */
public final class RecordingReader {

  /** Of what a file words itself: reports are read by people. */
  private static final int LONGEST_SENTENCE = 4000;

  private static final int MOST_VARIABLES = 20;

  private final SourceText file;
  private final List<RecordedCall> calls = new ArrayList<>();
  private final List<RecordedPrecondition> preconditions = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private List<String> hooks = List.of();
  private Optional<List<String>> declared = Optional.empty();
  private Optional<RecordingEnd> end = Optional.empty();

  /** For the reports about this file. */
  public RecordingReader(SourceText file) {
    this.file = file;
  }

  /** Takes a report; one that nobody of ours sent is nothing, and so is all after the end. */
  public void accept(String word, List<String> fields) {
    if (end.isPresent()) {
      return;
    }
    switch (word) {
      case "class" -> declared = Optional.of(fields).filter(f -> f.size() == 4);
      case "precondition" -> precondition(fields);
      case "hooks" -> hooks = fields;
      case "environment" -> {
        if (environment.size() < MOST_VARIABLES) {
          environment.add(sentence(fields));
        }
      }
      case "sql" -> call(fields);
      case "done" -> end = Optional.of(new RecordingEnd.Complete());
      case "unverifiable" ->
          end = Optional.of(new RecordingEnd.Unverifiable(sentence(fields), number(fields, 1)));
      case "failed" ->
          end =
              Optional.of(
                  new RecordingEnd.Failed(sentence(fields), number(fields, 1), number(fields, 2)));
      default -> {}
    }
  }

  /**
   * The recording.
   *
   * @param otherwise how it ended if nothing told
   */
  public Recording recording(RecordingEnd otherwise) {
    return Recording.of(
        file,
        declared.map(
            fields ->
                new RecordedClass(
                    text(fields, 0),
                    text(fields, 1),
                    number(fields, 2) != 0,
                    number(fields, 3),
                    preconditions,
                    hooks)),
        calls,
        environment,
        end.orElse(otherwise));
  }

  private void call(List<String> fields) {
    calls.add(
        new RecordedCall(
            text(fields, 0),
            number(fields, 1),
            number(fields, 2),
            number(fields, 3) != 0,
            Optional.of(text(fields, 4)).filter(path -> !path.isEmpty())));
  }

  private void precondition(List<String> fields) {
    List<RecordedPrecondition.Argument> arguments = new ArrayList<>();
    for (String field : fields.subList(Math.min(2, fields.size()), fields.size())) {
      String[] parts = field.split("\n", 3);
      if (parts.length == 3) {
        arguments.add(new RecordedPrecondition.Argument(parts[0], kind(parts[1]), parts[2]));
      }
    }
    preconditions.add(new RecordedPrecondition(text(fields, 0), number(fields, 1), arguments));
  }

  private static RecordedPrecondition.Kind kind(String word) {
    return switch (word) {
      case "text" -> RecordedPrecondition.Kind.TEXT;
      case "number" -> RecordedPrecondition.Kind.NUMBER;
      case "nothing" -> RecordedPrecondition.Kind.NOTHING;
      case "list" -> RecordedPrecondition.Kind.LIST;
      default -> RecordedPrecondition.Kind.OTHER;
    };
  }

  private static String sentence(List<String> fields) {
    String text = text(fields, 0);
    return text.length() > LONGEST_SENTENCE ? text.substring(0, LONGEST_SENTENCE) + "…" : text;
  }

  private static String text(List<String> fields, int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  private static int number(List<String> fields, int index) {
    try {
      return Integer.parseInt(text(fields, index));
    } catch (NumberFormatException nobodyOfOurs) {
      return 0;
    }
  }
}
