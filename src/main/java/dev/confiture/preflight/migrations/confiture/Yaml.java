package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.SourceText.Decoded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The content of a YAML file, or the reason why it cannot be read: a value, not an exception. */
sealed interface Yaml {

  /** Returns the file's text, as far as it could be read. */
  SourceText text();

  /**
   * One document.
   *
   * @param root empty where the file holds nothing but comments
   */
  record Document(SourceText text, Optional<YamlNode> root) implements Yaml {}

  /**
   * A text that is no YAML, or beyond this reader's limits.
   *
   * @param position where reading ended
   * @param reason the reason, as a clause
   */
  record Broken(SourceText text, Position position, String reason) implements Yaml {}

  /** Reads a file that the user names. */
  static Yaml named(Path file) {
    try {
      return Reader.read(InputFile.named(file, InputFile.LIST));
    } catch (IOException unreadable) {
      return Reader.unread("it cannot be read: " + unreadable);
    }
  }

  /** Reads a file that was found in a folder. */
  static Yaml found(Path file, Path folder) {
    try {
      return Reader.read(InputFile.found(file, folder, InputFile.LIST));
    } catch (IOException unreadable) {
      return Reader.unread("it cannot be read: " + unreadable);
    }
  }

  /**
   * Reads YAML into nodes. Files of a pull request are untrusted: nothing is constructed but text,
   * and size, depth and aliases have limits.
   */
  final class Reader {

    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 50;

    private static final Position BEGINNING = new Position(1, 1);

    /** The nodes read so far: an alias is the same node as its anchor, and is read once. */
    private final Map<Node, YamlNode> read = new HashMap<>();

    private Reader() {}

    private static Yaml read(byte[] bytes) {
      return switch (SourceText.decode(bytes)) {
        case Decoded.Decodable(SourceText text) -> parse(text);
        case Decoded.Undecodable bad ->
            new Yaml.Broken(
                SourceText.of(""),
                new Position(bad.line(), bad.column()),
                "it is not UTF-8: byte 0x%02X".formatted(bad.byteValue()));
      };
    }

    private static Yaml unread(String reason) {
      return new Yaml.Broken(SourceText.of(""), BEGINNING, reason);
    }

    static Yaml parse(SourceText text) {
      LoadSettings settings =
          LoadSettings.builder()
              .setCodePointLimit((int) InputFile.LIST)
              .setMaxAliasesForCollections(MOST_ALIASES)
              .setSchema(new YamlSchema())
              .build();
      try {
        Optional<Node> root = new Compose(settings).composeString(text.text());
        Reader reader = new Reader();
        return new Yaml.Document(text, root.map(node -> reader.node(node, 0)));
      } catch (Refused refused) {
        return new Yaml.Broken(text, refused.position, refused.reason);
      } catch (MarkedYamlEngineException broken) {
        return new Yaml.Broken(
            text,
            broken
                .getProblemMark()
                .or(broken::getContextMark)
                .map(Reader::position)
                .orElse(BEGINNING),
            reason(broken));
      } catch (YamlEngineException broken) {
        return new Yaml.Broken(text, BEGINNING, String.valueOf(broken.getMessage()));
      } catch (StackOverflowError nested) {
        // The parser calls itself for each level.
        return new Yaml.Broken(text, BEGINNING, "it is nested too deeply");
      }
    }

    private YamlNode node(Node node, int depth) {
      YamlNode known = read.get(node);
      if (known != null) {
        return known;
      }
      if (depth > DEEPEST) {
        throw new Refused(start(node), "it is nested deeper than " + DEEPEST + " levels");
      }
      if (node.isRecursive()) {
        throw new Refused(start(node), "it contains itself");
      }
      YamlNode converted =
          switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence ->
                new YamlNode.Sequence(
                    sequence.getValue().stream().map(item -> node(item, depth + 1)).toList(),
                    start(node),
                    end(node));
            case MappingNode mapping -> mapping(mapping, depth);
            case AnchorNode anchor -> node(anchor.getRealNode(), depth);
            default -> throw new Refused(start(node), "it is no YAML value");
          };
      read.put(node, converted);
      return converted;
    }

    private YamlNode.Mapping mapping(MappingNode mapping, int depth) {
      Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      List<Node> merged = new ArrayList<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && key.isPlain()
            && key.getValue().equals("<<")) {
          merged.add(tuple.getValueNode());
          continue;
        }
        YamlNode value = node(tuple.getValueNode(), depth + 1);
        if (node(tuple.getKeyNode(), depth + 1) instanceof YamlNode.Scalar key) {
          if (entries.put(key.text(), new YamlNode.Entry(key, value)) != null) {
            throw new Refused(key.start(), "the key " + key.text() + " is there twice");
          }
        } else {
          throw new Refused(start(tuple.getKeyNode()), "a key is no single value");
        }
      }
      merged.forEach(value -> merge(value, depth, entries));
      return new YamlNode.Mapping(entries, start(mapping), end(mapping));
    }

    /**
     * Adds what {@code <<: *other} brings and is not there yet (yaml.org/type/merge). Not left to
     * the engine, which never ends at a mapping that merges itself.
     */
    private void merge(Node value, int depth, Map<String, YamlNode.Entry> entries) {
      switch (node(value, depth + 1)) {
        case YamlNode.Mapping other -> other.entries().forEach(entries::putIfAbsent);
        case YamlNode.Sequence _ when value instanceof SequenceNode several ->
            several.getValue().forEach(each -> merge(each, depth + 1, entries));
        case YamlNode.Sequence _, YamlNode.Scalar _ ->
            throw new Refused(start(value), "<< takes a mapping, or a list of them");
      }
    }

    private static YamlNode.Scalar scalar(ScalarNode node) {
      YamlNode.Kind kind =
          YamlSchema.kind(node.getTag())
              .orElseThrow(
                  () -> new Refused(start(node), "the tag " + node.getTag() + " is not known"));
      return new YamlNode.Scalar(node.getValue(), kind, start(node), end(node));
    }

    private static String reason(MarkedYamlEngineException broken) {
      String context = broken.getContext();
      return (context == null || context.isEmpty() ? "" : context + ": ") + broken.getProblem();
    }

    private static Position start(Node node) {
      return node.getStartMark().map(Reader::position).orElse(BEGINNING);
    }

    private static Position end(Node node) {
      return node.getEndMark().map(Reader::position).orElse(BEGINNING);
    }

    private static Position position(Mark mark) {
      return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The refusal of something that the parser lets pass and this reader does not. */
    private static final class Refused extends RuntimeException {

      private static final long serialVersionUID = 1L;

      private final transient Position position;
      private final String reason;

      Refused(Position position, String reason) {
        super(reason);
        this.position = position;
        this.reason = reason;
      }
    }
  }
}
