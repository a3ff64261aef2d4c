package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A precondition that a Python file declares.
 *
 * @param type the name of its class, for example {@code TableExists}
 * @param line the line of the file that makes it
 * @param arguments those of its class; none for a class that the file makes itself
 */
public record RecordedPrecondition(String type, int line, List<Argument> arguments) {

  public RecordedPrecondition {
    arguments = List.copyOf(arguments);
  }

  /**
   * An argument.
   *
   * @param value as Python writes it; of a list, how many elements it has
   */
  public record Argument(String name, Kind kind, String value) {}

  /** What an argument is. */
  public enum Kind {
    TEXT,
    NUMBER,
    NOTHING,
    LIST,
    OTHER
  }

  /** The same as a sidecar would write it; empty for one that no sidecar could. */
  public Optional<Precondition> precondition() {
    Position place = new Position(line, 1);
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (Argument argument : arguments) {
      YamlNode.Scalar key = new YamlNode.Scalar(argument.name(), YamlNode.Kind.TEXT, place, place);
      entries.put(argument.name(), new YamlNode.Entry(key, node(argument, place)));
    }
    PreconditionFields fields =
        new PreconditionFields(
            new YamlNode.Scalar(type, YamlNode.Kind.TEXT, place, place),
            new YamlNode.Mapping(entries, place, place));
    return PreconditionType.of(type)
        .map(known -> known.read(fields))
        .filter(_ -> fields.mistakes().isEmpty());
  }

  private static YamlNode node(Argument argument, Position place) {
    return switch (argument.kind()) {
      case TEXT -> new YamlNode.Scalar(argument.value(), YamlNode.Kind.TEXT, place, place);
      case NUMBER -> new YamlNode.Scalar(argument.value(), YamlNode.Kind.INTEGER, place, place);
      case NOTHING -> new YamlNode.Scalar("", YamlNode.Kind.NULL, place, place);
      case OTHER -> new YamlNode.Scalar(argument.value(), YamlNode.Kind.OTHER, place, place);
      case LIST -> {
        YamlNode element = new YamlNode.Scalar("", YamlNode.Kind.NULL, place, place);
        yield new YamlNode.Sequence(
            Collections.nCopies(argument.value().equals("0") ? 0 : 1, element), place, place);
      }
    };
  }
}
