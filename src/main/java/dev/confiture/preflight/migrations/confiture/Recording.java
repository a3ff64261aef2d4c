package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.process.PythonProgram.PythonRun;
import dev.confiture.preflight.sql.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reports of a Python file that was executed without a database.
 *
 * @param declared its class; empty where the file failed before it was known
 * @param calls the SQL that it executed, in order
 * @param environment the environment variables that it asked for and that are not set here
 * @param end the end of executing it
 */
record Recording(
    Optional<DeclaredClass> declared, List<Call> calls, List<String> environment, End end) {

  /** Exit statuses above it are of signals, as a shell counts them. */
  private static final int SIGNALS = 128;

  Recording {
    calls = List.copyOf(calls);
    environment = List.copyOf(environment);
  }

  /** Reads the reports of a run. */
  static Recording of(PythonRun run) {
    Reader reader = new Reader();
    run.reports().forEach(report -> reader.accept(report.word(), report.fields()));
    return reader.recording(withoutEnd(run));
  }

  /** Returns the end of a run that did not report one. */
  private static End withoutEnd(PythonRun run) {
    if (run.stopped().isPresent()) {
      return new End.Unverifiable("the file " + run.stopped().get(), 0);
    }
    if (run.status() > SIGNALS) {
      return new End.Unverifiable(
          "python3 was ended by signal " + (run.status() - SIGNALS) + " while it executed the file",
          0);
    }
    String words = run.lastWords().isEmpty() ? "" : ": " + run.lastWords();
    return new End.Failed(
        "the file ends the process, with exit status " + run.status() + words, 0, 0);
  }

  /** Returns true if confiture opens a transaction for it. */
  boolean transactional() {
    return declared.map(DeclaredClass::transactional).orElse(true);
  }

  /**
   * SQL that a Python file handed to {@code execute} or {@code execute_file}: one message to the
   * server.
   *
   * @param sql the text, parameters included
   * @param line the line of the file that called
   * @param stringLine the line of the string that the text stands in; 0 where it was put together
   * @param hasParameters true if there were parameters: psycopg then takes one statement only
   * @param file the SQL file that it was read from
   */
  record Call(String sql, int line, int stringLine, boolean hasParameters, Optional<String> file) {}

  /**
   * The declarations of a Python file's class.
   *
   * @param version the version that is recorded when it is deployed
   * @param name its name
   * @param transactional true if confiture opens a transaction for it
   * @param line the line of the file on which the class begins
   * @param preconditions the conditions that must hold before {@code up}
   * @param hooks the kinds of hooks that it declares
   */
  record DeclaredClass(
      String version,
      String name,
      boolean transactional,
      int line,
      List<DeclaredPrecondition> preconditions,
      List<String> hooks) {

    DeclaredClass {
      preconditions = List.copyOf(preconditions);
      hooks = List.copyOf(hooks);
    }
  }

  /**
   * A precondition that a Python file declares.
   *
   * @param type the name of its class, for example {@code TableExists}
   * @param line the line of the file that makes it
   * @param arguments those of its class, as a sidecar has them; none for a class that the file
   *     makes itself
   */
  record DeclaredPrecondition(String type, int line, YamlNode.Mapping arguments) {

    /** Returns the same as a sidecar would write it; else one that only the file itself can ask. */
    Demand demand() {
      PreconditionType.Fields fields =
          new PreconditionType.Fields(
              scalar(type, YamlNode.Kind.TEXT, new Position(line, 1)), arguments);
      return PreconditionType.of(type)
          .map(known -> known.read(fields))
          .filter(_ -> fields.mistakes().isEmpty())
          .orElseGet(() -> new Demand.OwnClass(type));
    }
  }

  private static YamlNode.Scalar scalar(String text, YamlNode.Kind kind, Position place) {
    return new YamlNode.Scalar(text, kind, place, place);
  }

  /** The end of executing a Python file. */
  sealed interface End {

    /** All of {@code up} was executed. */
    record Complete() implements End {}

    /**
     * The rest cannot be told here.
     *
     * @param reason the reason, as a sentence
     * @param line the line of the file; 0 where it is not known
     */
    record Unverifiable(String reason, int line) implements End {}

    /**
     * The file fails before its SQL does.
     *
     * @param message Python's words, or confiture's
     * @param line the line of the file; 0 where it is not known
     * @param column the column, from 1; 0 where it is not known
     */
    record Failed(String message, int line, int column) implements End {}
  }

  /** Reads the reports that the recorder's program sends, one after the other. */
  private static final class Reader {

    /** The longest text of a file's own words: reports are read by people. */
    private static final int LONGEST_SENTENCE = 4000;

    private static final int MOST_VARIABLES = 20;

    private final List<Call> calls = new ArrayList<>();
    private final List<DeclaredPrecondition> preconditions = new ArrayList<>();
    private final List<String> environment = new ArrayList<>();
    private List<String> hooks = List.of();
    private Optional<List<String>> declared = Optional.empty();
    private Optional<End> end = Optional.empty();

    /** Takes a report. One of an unknown kind is nothing, and so is all after the end. */
    void accept(String word, List<String> fields) {
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
        case "done" -> end = Optional.of(new End.Complete());
        case "unverifiable" ->
            end = Optional.of(new End.Unverifiable(sentence(fields), number(fields, 1)));
        case "failed" ->
            end =
                Optional.of(new End.Failed(sentence(fields), number(fields, 1), number(fields, 2)));
        default -> {}
      }
    }

    /**
     * Returns the recording.
     *
     * @param otherwise how it ended if nothing told
     */
    Recording recording(End otherwise) {
      return new Recording(
          declared.map(
              fields ->
                  new DeclaredClass(
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
          new Call(
              text(fields, 0),
              number(fields, 1),
              number(fields, 2),
              number(fields, 3) != 0,
              Optional.of(text(fields, 4)).filter(path -> !path.isEmpty())));
    }

    private void precondition(List<String> fields) {
      int line = number(fields, 1);
      Position place = new Position(line, 1);
      Map<String, YamlNode.Entry> arguments = new LinkedHashMap<>();
      for (String field : fields.subList(Math.min(2, fields.size()), fields.size())) {
        String[] parts = field.split("\n", 3);
        if (parts.length == 3) {
          arguments.put(
              parts[0],
              new YamlNode.Entry(
                  scalar(parts[0], YamlNode.Kind.TEXT, place),
                  argument(parts[1], parts[2], place)));
        }
      }
      preconditions.add(
          new DeclaredPrecondition(
              text(fields, 0), line, new YamlNode.Mapping(arguments, place, place)));
    }

    /**
     * Returns an argument as a sidecar has it.
     *
     * @param value as Python writes it; of a list, how many elements it has
     */
    private static YamlNode argument(String kind, String value, Position place) {
      return switch (kind) {
        case "text" -> scalar(value, YamlNode.Kind.TEXT, place);
        case "number" -> scalar(value, YamlNode.Kind.INTEGER, place);
        case "nothing" -> scalar("", YamlNode.Kind.NULL, place);
        case "list" -> {
          YamlNode element = scalar("", YamlNode.Kind.NULL, place);
          yield new YamlNode.Sequence(
              Collections.nCopies(value.equals("0") ? 0 : 1, element), place, place);
        }
        default -> scalar(value, YamlNode.Kind.OTHER, place);
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
      } catch (NumberFormatException notOurs) {
        return 0;
      }
    }
  }
}
