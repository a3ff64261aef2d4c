package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.sql.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a YAML file with its place. */
sealed interface YamlNode {

  /** Returns the place of its first character. */
  Position start();

  /** Returns the place after its last character. */
  Position end();

  /** Returns the kind of value, in a word for people. */
  String described();

  /**
   * Keys with their values, in the order of the file.
   *
   * @param entries by key
   */
  record Mapping(Map<String, Entry> entries, Position start, Position end) implements YamlNode {

    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }

    /** Returns the value under a key. */
    Optional<YamlNode> value(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** Returns the key itself. */
    Optional<Scalar> key(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::key);
    }

    @Override
    public String described() {
      return "a mapping";
    }
  }

  /**
   * A key with its value.
   *
   * @param key where the key stands, and its text
   */
  record Entry(Scalar key, YamlNode value) {}

  /** A list of values. */
  record Sequence(List<YamlNode> items, Position start, Position end) implements YamlNode {

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String described() {
      return "a list";
    }
  }

  /**
   * A single value.
   *
   * @param text as it is written, without quotes
   * @param kind the type that YAML takes it for
   */
  record Scalar(String text, Kind kind, Position start, Position end) implements YamlNode {

    @Override
    public String described() {
      return switch (kind) {
        case TEXT -> "text";
        case INTEGER -> "a number";
        case BOOLEAN -> "a truth value";
        case NULL -> "nothing";
        case OTHER -> "a number or date";
      };
    }
  }

  /** The type that a single value is taken for. */
  enum Kind {
    TEXT,
    INTEGER,
    BOOLEAN,
    NULL,
    /** A fraction, a date or a time. */
    OTHER
  }
}
