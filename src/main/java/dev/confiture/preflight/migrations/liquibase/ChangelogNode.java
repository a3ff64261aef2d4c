package dev.confiture.preflight.migrations.liquibase;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of a changelog in XML, or a key of one in YAML or JSON with what is under it.
 *
 * @param name the element's name, or the key
 * @param values its attributes, or the single values under it, by name
 * @param children the elements in it, in their order
 * @param text its own text, where it has some
 * @param start the offset of its place in the file
 */
record ChangelogNode(
    String name,
    Map<String, String> values,
    List<ChangelogNode> children,
    Optional<PlacedText> text,
    int start) {

  ChangelogNode {
    values = Map.copyOf(values);
    children = List.copyOf(children);
  }

  /** Returns a value that is not empty. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
  }

  /** Returns true if a value says so; the default where it says nothing. */
  boolean is(String key, boolean otherwise) {
    return value(key).map(value -> value.strip().equalsIgnoreCase("true")).orElse(otherwise);
  }

  /** Returns the first child of this name. */
  Optional<ChangelogNode> child(String key) {
    return children.stream().filter(child -> child.name().equals(key)).findFirst();
  }

  /** Returns a value, or the text of a child, under this name. */
  Optional<String> text(String key) {
    return value(key)
        .or(
            () ->
                child(key).flatMap(ChangelogNode::text).map(PlacedText::value).map(String::strip));
  }
}
