package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.migrations.FilePlace;
import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file beside a migration that declares its preconditions.
 *
 * @param path the file, as the user would write it
 * @param text its text, as far as it could be read
 * @param up what must hold before the migration is applied
 * @param mistakes the reasons for which confiture would not load it
 */
record Sidecar(Path path, SourceText text, List<Item> up, List<Mistake> mistakes) {

  Sidecar {
    up = List.copyOf(up);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * A precondition, and where it stands.
   *
   * @param start the first character of its type
   * @param end the character after it
   */
  record Item(Demand demand, Position start, Position end) {}

  /**
   * A reason for which it is invalid.
   *
   * @param message as a sentence
   * @param hint what to do, or empty
   */
  record Mistake(Position start, Position end, String message, String hint) {}

  /** Reads a file that is there, in the folder of migrations. */
  static Sidecar read(Path file, Path folder) {
    return Reader.read(file, folder);
  }

  /** Returns the preconditions, at their places in the sidecar. */
  List<Precondition.Declared> preconditions() {
    return up.stream()
        .map(
            item ->
                new Precondition.Declared(
                    item.demand(), Optional.of(place(item.start(), item.end()))))
        .toList();
  }

  /** Returns its mistakes, for each of which confiture refuses the migration. */
  List<Refusal> refusals() {
    return mistakes.stream()
        .map(
            mistake ->
                Refusal.beside(
                    place(mistake.start(), mistake.end()),
                    "invalid sidecar: " + mistake.message(),
                    Optional.of(mistake.hint()).filter(hint -> !hint.isEmpty())))
        .toList();
  }

  private FilePlace place(Position start, Position end) {
    return new FilePlace(start, end, Optional.of(new FilePlace.Companion(path, text)));
  }

  /**
   * Reads a sidecar as confiture loads it: {@code up_preconditions} and {@code down_preconditions}
   * are lists of mappings, every other key is ignored. What runs before a rollback must be valid
   * too, or the migration is not loaded at all.
   */
  private static final class Reader {

    private static final String UP = "up_preconditions";
    private static final String DOWN = "down_preconditions";
    private static final String TYPE = "type";

    private static final String EXAMPLE = UP + ": [{type: TableExists, table: users}]";

    private final List<Mistake> mistakes = new ArrayList<>();
    private final Set<YamlNode.Mapping> taken = new HashSet<>();

    private static Sidecar read(Path file, Path folder) {
      Reader reader = new Reader();
      Yaml yaml = Yaml.found(file, folder);
      List<Item> up =
          switch (yaml) {
            case Yaml.Document document ->
                document.root().map(reader::preconditions).orElse(List.of());
            case Yaml.Broken broken -> {
              reader.mistake(
                  broken.position(), broken.position(), "it is not YAML: " + broken.reason(), "");
              yield List.of();
            }
          };
      return new Sidecar(file, yaml.text(), up, reader.mistakes);
    }

    private List<Item> preconditions(YamlNode root) {
      if (isNothing(root)) {
        return List.of();
      }
      if (!(root instanceof YamlNode.Mapping mapping)) {
        mistake(root, "it is " + root.described() + ", not a mapping", "write " + EXAMPLE);
        return List.of();
      }
      List<Item> up = list(mapping, UP);
      list(mapping, DOWN);
      return up;
    }

    private List<Item> list(YamlNode.Mapping root, String key) {
      Optional<YamlNode> value = root.value(key).filter(node -> !isNothing(node));
      List<Item> demands = new ArrayList<>();
      if (value.isPresent() && value.get() instanceof YamlNode.Sequence items) {
        for (YamlNode item : items.items()) {
          if (item instanceof YamlNode.Mapping mapping) {
            precondition(mapping).ifPresent(demands::add);
          } else {
            mistake(
                item,
                "a precondition is " + item.described() + ", not a mapping",
                "write - {type: TableExists, table: users}");
          }
        }
      } else {
        value.ifPresent(
            other ->
                mistake(
                    other, key + " is " + other.described() + ", not a list", "write " + EXAMPLE));
      }
      return demands;
    }

    private Optional<Item> precondition(YamlNode.Mapping item) {
      if (!taken.add(item)) {
        mistake(
            item,
            "precondition missing 'type' field: confiture takes it out when it reads the anchor, and"
                + " the alias has none",
            "write the precondition out instead of using an alias");
        return Optional.empty();
      }
      Optional<YamlNode> type = item.value(TYPE).filter(node -> !isNothing(node));
      if (type.isEmpty()) {
        mistake(item, "precondition missing 'type' field", "add type: TableExists, or another");
        return Optional.empty();
      }
      if (type.get() instanceof YamlNode.Scalar name) {
        return PreconditionType.of(name.text())
            .map(known -> demand(known, name, item))
            .orElseGet(() -> unknown(name, name.text()));
      }
      return unknown(type.get(), type.get().described());
    }

    private Optional<Item> demand(
        PreconditionType type, YamlNode.Scalar name, YamlNode.Mapping item) {
      PreconditionType.Fields fields = new PreconditionType.Fields(name, item);
      Demand precondition = type.read(fields);
      List<Mistake> wrong = fields.mistakes();
      mistakes.addAll(wrong);
      return wrong.isEmpty()
          ? Optional.of(new Item(precondition, name.start(), name.end()))
          : Optional.empty();
    }

    private Optional<Item> unknown(YamlNode type, String name) {
      mistake(
          type,
          "unknown precondition type: " + name,
          "one of " + String.join(", ", PreconditionType.names()));
      return Optional.empty();
    }

    /** Returns true for a value that Python takes for false, and confiture for absent. */
    private static boolean isNothing(YamlNode node) {
      return switch (node) {
        case YamlNode.Mapping mapping -> mapping.entries().isEmpty();
        case YamlNode.Sequence sequence -> sequence.items().isEmpty();
        case YamlNode.Scalar scalar ->
            switch (scalar.kind()) {
              case NULL -> true;
              case TEXT -> scalar.text().isEmpty();
              case BOOLEAN -> scalar.text().matches("(?i)no|false|off");
              case INTEGER -> scalar.text().matches("[-+]?0+");
              case OTHER -> false;
            };
      };
    }

    private void mistake(YamlNode node, String message, String hint) {
      mistake(node.start(), node.end(), message, hint);
    }

    private void mistake(Position start, Position end, String message, String hint) {
      mistakes.add(new Mistake(start, end, message, hint));
    }
  }
}
