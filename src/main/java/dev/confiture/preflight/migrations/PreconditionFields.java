package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one precondition in a sidecar. Every field that it has is asked for, so what is not
 * asked for does not belong to it.
 */
final class PreconditionFields {

  private static final String PUBLIC = "public";

  private final YamlNode.Scalar type;
  private final YamlNode.Mapping item;
  private final Set<String> known = new LinkedHashSet<>(List.of("type"));
  private final List<Sidecar.Mistake> mistakes = new ArrayList<>();

  PreconditionFields(YamlNode.Scalar type, YamlNode.Mapping item) {
    this.type = type;
    this.item = item;
  }

  /** {@code table} in {@code schema}. */
  QualifiedName table() {
    return table("table", "schema");
  }

  /** A table in a schema, by default {@code public}. */
  QualifiedName table(String table, String schema) {
    String name = text(table);
    known.add(schema);
    return QualifiedName.of(
        item.value(schema).map(node -> text(schema, node)).orElse(PUBLIC), name);
  }

  /** A text that must be there. */
  String text(String field) {
    return required(field).map(node -> text(field, node)).orElse("");
  }

  /** A whole number that must be there. */
  long number(String field) {
    Optional<YamlNode> value = required(field);
    if (value.isPresent()
        && value.get() instanceof YamlNode.Scalar scalar
        && scalar.kind() == YamlNode.Kind.INTEGER
        && scalar.text().matches("[-+]?[0-9]{1,18}")) {
      return Long.parseLong(scalar.text());
    }
    value.ifPresent(
        node ->
            mistake(
                node,
                "'" + field + "' is " + node.described() + ", not a whole number",
                "write digits without quotes"));
    return 0;
  }

  /** Whether a field that may be there is, and is not empty. */
  boolean hasList(String field) {
    known.add(field);
    return item.value(field)
        .filter(node -> !(node instanceof YamlNode.Sequence list && list.items().isEmpty()))
        .filter(node -> !(node instanceof YamlNode.Scalar s && s.kind() == YamlNode.Kind.NULL))
        .isPresent();
  }

  /** What is wrong with them. */
  List<Sidecar.Mistake> mistakes() {
    List<Sidecar.Mistake> all = new ArrayList<>(mistakes);
    for (YamlNode.Entry entry : item.entries().values()) {
      if (!known.contains(entry.key().text())) {
        all.add(
            mistaken(
                entry.key(),
                "unexpected '" + entry.key().text() + "'",
                "its fields are " + String.join(", ", known)));
      }
    }
    return all;
  }

  private Optional<YamlNode> required(String field) {
    known.add(field);
    Optional<YamlNode> value = item.value(field);
    if (value.isEmpty()) {
      mistake(type, "missing '" + field + "'", "add " + field);
    }
    return value;
  }

  private String text(String field, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.TEXT) {
      return scalar.text();
    }
    mistake(
        node,
        "'" + field + "' is " + node.described() + ", not text",
        node instanceof YamlNode.Scalar ? "write it in quotes" : "write one text");
    return "";
  }

  private void mistake(YamlNode node, String message, String hint) {
    mistakes.add(mistaken(node, message, hint));
  }

  private Sidecar.Mistake mistaken(YamlNode node, String message, String hint) {
    return new Sidecar.Mistake(
        node.start(), node.end(), "invalid arguments for " + type.text() + ": " + message, hint);
  }
}
