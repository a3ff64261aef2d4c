package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and values of a configuration. A key that nobody asks for is ignored, and one whose value is
 * null is not there.
 *
 * <p>No message repeats a value, since it may be a password.
 */
record ConfigurationSection(Path file, YamlNode.Mapping node) {

  /**
   * A value that is text, however it is written: {@code 5432} is, and {@code true}.
   *
   * @param place {@code file:line:column}
   */
  record Text(String key, String value, String place) {

    /** Returns the problem that a value is wrong. */
    UsageProblem problem(String message, String hint) {
      return new UsageProblem(place + ": " + message, hint);
    }
  }

  /**
   * Reads a whole file; one that holds no key at all is an empty section.
   *
   * @throws UsageProblem if it cannot be read, or is not YAML of one mapping
   */
  static ConfigurationSection ofFile(Path file) {
    if (!Files.exists(file)) {
      throw new UsageProblem("the configuration " + file + " does not exist", "check the path");
    }
    return switch (Yaml.read(file)) {
      case Yaml.Document(_, Optional<YamlNode> root) ->
          switch (root.orElseGet(ConfigurationSection::nothing)) {
            case YamlNode.Mapping mapping -> new ConfigurationSection(file, mapping);
            case YamlNode.Scalar other -> throw wrong(file, "the configuration", other);
            case YamlNode.Sequence other -> throw wrong(file, "the configuration", other);
          };
      case Yaml.Broken broken ->
          throw new UsageProblem(
              place(file, broken.position())
                  + ": the configuration cannot be used: "
                  + withoutContent(broken.reason()),
              "a value with characters such as : # @ % { [ stands in quotes");
    };
  }

  /** Returns the text of a key. */
  Optional<Text> text(String key) {
    return value(key)
        .map(
            value ->
                switch (value) {
                  case YamlNode.Scalar scalar ->
                      new Text(key, scalar.text(), place(file, scalar.start()));
                  case YamlNode.Mapping _, YamlNode.Sequence _ ->
                      throw new UsageProblem(
                          place(file, value.start())
                              + ": "
                              + key
                              + " is "
                              + value.described()
                              + ", not a text",
                          "a value that begins with { or [ stands in quotes");
                });
  }

  /** Returns the section of a key. */
  Optional<ConfigurationSection> section(String key) {
    return value(key)
        .map(
            value ->
                switch (value) {
                  case YamlNode.Mapping mapping -> new ConfigurationSection(file, mapping);
                  case YamlNode.Scalar _, YamlNode.Sequence _ -> throw wrong(file, key, value);
                });
  }

  private Optional<YamlNode> value(String key) {
    return node.value(key)
        .filter(
            value ->
                !(value instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NULL));
  }

  private static YamlNode nothing() {
    Position beginning = new Position(1, 1);
    return new YamlNode.Mapping(Map.of(), beginning, beginning);
  }

  private static UsageProblem wrong(Path file, String what, YamlNode value) {
    return new UsageProblem(
        place(file, value.start())
            + ": "
            + what
            + " is "
            + value.described()
            + ", not a mapping of keys to values",
        "write it as key: value");
  }

  private static String place(Path file, Position position) {
    return file + ":" + position.line() + ":" + position.column();
  }

  /** Removes from the parser's words what it found in the file, which may be a secret. */
  private static String withoutContent(String reason) {
    return reason
        .replaceAll("the tag .* is not known", "the tag is not known")
        .replaceAll(
            "(?s)[,:]? but (found|got).*|(?<=alias|tag handle|escape character) .*| \\(Do not.*",
            "");
  }
}
