package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RelationFacts;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the schema has in place of what a failed statement expects. */
final class InsteadThere {

  private static final int MOST_COLUMNS = 30;

  private InsteadThere() {}

  /** Lines for people. */
  static List<String> of(Failure failure, String version) {
    List<String> lines = new ArrayList<>();
    String code = failure.error().sqlState();
    switch (code) {
      case "42703" -> columns(failure, lines);
      case "42P07", "42701", "42710" -> existing(failure, version, lines);
      default -> {}
    }
    return lines;
  }

  private static void columns(Failure failure, List<String> lines) {
    String name = named(failure);
    for (RelationFacts relation : failure.evidence().relations()) {
      if (!relation.columns().isEmpty() && !relation.kind().equals("index")) {
        List<String> columns = relation.columns();
        String shown =
            String.join(", ", columns.subList(0, Math.min(MOST_COLUMNS, columns.size())))
                + (columns.size() > MOST_COLUMNS ? ", …" : "");
        Optional<String> closest = ClosestName.of(name, columns);
        lines.add(
            relation.name()
                + " has: "
                + shown
                + closest.map(c -> "   (closest: " + c + ")").orElse(""));
        return;
      }
    }
  }

  private static void existing(Failure failure, String version, List<String> lines) {
    failure.evidence().relations().stream()
        .findFirst()
        .ifPresent(
            relation -> {
              lines.add(
                  "the schema has "
                      + relation.name()
                      + " ("
                      + relation.kind()
                      + ", owner "
                      + relation.owner()
                      + (relation.columns().isEmpty()
                          ? ""
                          : ", columns: " + String.join(", ", relation.columns()))
                      + ")");
              lines.add(version + " is not recorded as applied: it was made by other means");
            });
  }

  /** The lines of the same statement on which the failing name stands again. */
  static List<Integer> alsoOn(Failure failure) {
    List<Integer> lines = new ArrayList<>();
    String name = named(failure);
    if (failure.statement().isEmpty() || name.isEmpty() || !failure.error().is("42703")) {
      return lines;
    }
    Statement statement = failure.statement().get().statement();
    for (Token token : statement.tokens()) {
      int line = statement.source().position(token.start()).line();
      if (token.isIdentifier()
          && token.identifier().equals(name)
          && line != failure.place().start().line()
          && !lines.contains(line)) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static String named(Failure failure) {
    String message = failure.error().message();
    int open = message.indexOf('"');
    int close = open < 0 ? -1 : message.indexOf('"', open + 1);
    if (close > 0) {
      return message.substring(open + 1, close);
    }
    int space = message.indexOf(' ');
    int end = space < 0 ? -1 : message.indexOf(' ', space + 1);
    String second = end < 0 ? "" : message.substring(space + 1, end);
    return second.substring(second.lastIndexOf('.') + 1);
  }
}
