package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a Python file told when it was executed without a database.
 *
 * @param declared its class; empty where the file failed before it was known
 * @param calls the SQL that it executed, in order
 * @param starts where the text of each call starts in the script
 * @param script the SQL of all calls as one script, whose positions are those of the Python file
 * @param environment the environment variables that it asked for and that are not set here
 * @param end how it ended
 */
public record Recording(
    Optional<RecordedClass> declared,
    List<RecordedCall> calls,
    List<Integer> starts,
    Script script,
    List<String> environment,
    RecordingEnd end) {

  private static final String BETWEEN = "\n";

  public Recording {
    calls = List.copyOf(calls);
    starts = List.copyOf(starts);
    environment = List.copyOf(environment);
  }

  static Recording of(
      SourceText file,
      Optional<RecordedClass> declared,
      List<RecordedCall> calls,
      List<String> environment,
      RecordingEnd end) {
    List<Integer> starts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int length = 0;
    for (RecordedCall call : calls) {
      starts.add(length);
      text.append(call.sql()).append(BETWEEN);
      length += call.sql().codePointCount(0, call.sql().length()) + BETWEEN.length();
    }
    SourceText source = SourceText.derived(text.toString(), RecordedPlaces.of(file, calls, starts));
    return new Recording(declared, calls, starts, Script.of(source, starts), environment, end);
  }

  /** The statements of one call, by its index. */
  public List<Statement> statements(int call) {
    int start = starts.get(call);
    int end = call + 1 < starts.size() ? starts.get(call + 1) : script.source().length();
    return script.statements().stream()
        .filter(statement -> statement.start() >= start && statement.start() < end)
        .toList();
  }

  /** Where in another file a statement was read from, as a line of a call stack. */
  public Optional<String> originOf(Statement statement) {
    int found = Collections.binarySearch(starts, statement.start());
    int call = found >= 0 ? found : -found - 2;
    return calls
        .get(call)
        .file()
        .map(
            file ->
                "execute_file "
                    + file
                    + ", statement at line "
                    + (script.source().lineOf(statement.start())
                        - script.source().lineOf(starts.get(call))
                        + 1));
  }

  /** What stands in the file and was not executed, since it ended before. */
  List<Statement> notExecuted(SourceText file) {
    if (end instanceof RecordingEnd.Complete) {
      return List.of();
    }
    Set<String> executed =
        script.statements().stream().map(Statement::text).collect(Collectors.toSet());
    return PythonStrings.statements(file).stream()
        .filter(statement -> !executed.contains(statement.text()))
        .toList();
  }

  /** Whether confiture opens a transaction for it. */
  public boolean transactional() {
    return declared.map(RecordedClass::transactional).orElse(true);
  }
}
