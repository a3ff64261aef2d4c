package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.UsageProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Keys and values of a YAML file. A key that nobody asks for is ignored; one that is there twice is
 * refused when it is asked for, and one whose value is null is not there.
 */
record YamlMapping(Path file, MappingNode node) {

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  /**
   * A value that is text, however it is written: {@code 5432} is, and {@code true}.
   *
   * @param place {@code file:line:column}
   */
  record Text(String key, String value, String place) {

    /** What is wrong with it; the message does not repeat the value. */
    UsageProblem problem(String message, String hint) {
      return YamlMapping.problem(place, message, hint);
    }
  }

  /** The text of a key. */
  Optional<Text> text(String key) {
    return value(key)
        .map(
            value -> {
              if (value instanceof ScalarNode scalar && isText(scalar)) {
                return new Text(key, scalar.getValue(), YamlFile.place(file, value.getStartMark()));
              }
              throw wrong(key, value, "a text");
            });
  }

  /** The mapping of a key. */
  Optional<YamlMapping> mapping(String key) {
    return value(key)
        .map(
            value -> {
              if (value instanceof MappingNode mapping) {
                return new YamlMapping(file, mapping);
              }
              throw wrong(key, value, "a mapping of keys to values");
            });
  }

  static UsageProblem problem(String place, String message, String hint) {
    return new UsageProblem(place + ": " + message, hint);
  }

  private Optional<Node> value(String key) {
    List<NodeTuple> pairs = pairs(key);
    if (pairs.size() > 1) {
      throw problem(
          YamlFile.place(file, pairs.get(1).getKeyNode().getStartMark()),
          key + " is there twice",
          "leave one of them out");
    }
    return pairs.isEmpty()
        ? merged(key)
        : Optional.of(pairs.getFirst().getValueNode()).filter(value -> !isNull(value));
  }

  /** {@code <<: *defaults}, which confiture's parser understands (YAML 1.1, "merge"). */
  private Optional<Node> merged(String key) {
    return pairs("<<").stream()
        .map(NodeTuple::getValueNode)
        .flatMap(
            value ->
                value instanceof SequenceNode several
                    ? several.getValue().stream()
                    : Stream.of(value))
        // A mapping that merges itself has no end.
        .filter(value -> value instanceof MappingNode && !value.isRecursive())
        .flatMap(value -> new YamlMapping(file, (MappingNode) value).value(key).stream())
        .findFirst();
  }

  private List<NodeTuple> pairs(String key) {
    return node.getValue().stream()
        .filter(pair -> pair.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
        .toList();
  }

  /** As confiture's parser reads it (YAML 1.1, "null"). */
  private static boolean isNull(Node value) {
    return value instanceof ScalarNode scalar
        && scalar.isPlain()
        && NULLS.contains(scalar.getValue());
  }

  private static boolean isText(ScalarNode scalar) {
    return Stream.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.ENV_TAG)
        .anyMatch(scalar.getTag()::equals);
  }

  private UsageProblem wrong(String key, Node value, String wanted) {
    return problem(
        YamlFile.place(file, value.getStartMark()),
        key + " is not " + wanted,
        "see confiture's documentation for its configuration");
  }
}
