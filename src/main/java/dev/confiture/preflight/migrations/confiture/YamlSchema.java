package dev.confiture.preflight.migrations.confiture;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * The types of values without quotes: as YAML 1.1 has them (yaml.org/type), since that is what
 * confiture's reader follows. There {@code on} is a truth value and {@code 2024-01-01} a date.
 */
final class YamlSchema implements Schema, ScalarResolver {

  private static final Tag TIMESTAMP = new Tag(Tag.PREFIX + "timestamp");

  private static final Pattern BOOLEAN =
      Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");

  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");

  /** Binary, octal, decimal, hexadecimal, and to the base of 60. */
  private static final Pattern INTEGER =
      Pattern.compile(
          "[-+]?(0b[01_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)");

  private static final Pattern FRACTION =
      Pattern.compile(
          "[-+]?([0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?|\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
              + "|[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");

  private static final Pattern DATE =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?");

  @Override
  public ScalarResolver getScalarResolver() {
    return this;
  }

  /** Returns no constructor: YAML constructs no object here. */
  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return Map.of();
  }

  @Override
  public Tag resolve(String value, Boolean withoutQuotes) {
    if (!withoutQuotes) {
      return Tag.STR;
    }
    if (NULL.matcher(value).matches()) {
      return Tag.NULL;
    }
    if (BOOLEAN.matcher(value).matches()) {
      return Tag.BOOL;
    }
    if (INTEGER.matcher(value).matches()) {
      return Tag.INT;
    }
    if (FRACTION.matcher(value).matches()) {
      return Tag.FLOAT;
    }
    return DATE.matcher(value).matches() ? TIMESTAMP : Tag.STR;
  }

  /** Returns the type that a tag, written or resolved, stands for. */
  static Optional<YamlNode.Kind> kind(Tag tag) {
    if (tag.equals(Tag.STR)) {
      return Optional.of(YamlNode.Kind.TEXT);
    }
    if (tag.equals(Tag.INT)) {
      return Optional.of(YamlNode.Kind.INTEGER);
    }
    if (tag.equals(Tag.BOOL)) {
      return Optional.of(YamlNode.Kind.BOOLEAN);
    }
    if (tag.equals(Tag.NULL)) {
      return Optional.of(YamlNode.Kind.NULL);
    }
    return tag.equals(Tag.FLOAT) || tag.equals(TIMESTAMP)
        ? Optional.of(YamlNode.Kind.OTHER)
        : Optional.empty();
  }
}
