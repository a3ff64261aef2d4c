package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a changelog in YAML, or in JSON, which is YAML too. Files of a pull request are untrusted:
 * nothing is constructed but text, and depth and aliases have limits.
 */
final class YamlChangelog {

  private static final int MOST_ALIASES = 50;
  private static final int DEEPEST = 50;
  private static final String ROOT = "databaseChangeLog";

  private final SourceText text;
  private final int shift;

  private YamlChangelog(SourceText text) {
    this.text = text;
    this.shift = text.hasByteOrderMark() ? 1 : 0;
  }

  static ChangelogFile read(SourceText text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .build();
    try {
      YamlChangelog reader = new YamlChangelog(text);
      return new Compose(settings)
          .composeString(text.substring(reader.shift, text.length()))
          .flatMap(reader::root)
          .<ChangelogFile>map(ChangelogFile.Tree::new)
          .orElseGet(ChangelogFile.Another::new);
    } catch (MarkedYamlEngineException broken) {
      return new ChangelogFile.Broken(
          broken
              .getProblemMark()
              .map(mark -> new Position(mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(new Position(1, 1)),
          String.valueOf(broken.getProblem()));
    } catch (YamlEngineException broken) {
      return new ChangelogFile.Broken(new Position(1, 1), String.valueOf(broken.getMessage()));
    } catch (StackOverflowError nested) {
      // The parser calls itself for each level.
      return new ChangelogFile.Broken(new Position(1, 1), "it is nested too deeply");
    }
  }

  private Optional<ChangelogNode> root(Node document) {
    return document instanceof MappingNode mapping
        ? node("", mapping, 0).child(ROOT)
        : Optional.empty();
  }

  private ChangelogNode node(String name, Node node, int depth) {
    if (depth > DEEPEST || node.isRecursive()) {
      throw new YamlEngineException("it is nested deeper than " + DEEPEST + " levels");
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<ChangelogNode> children = new ArrayList<>();
    Optional<PlacedText> own = Optional.empty();
    switch (node) {
      case ScalarNode scalar -> own = Optional.of(placed(scalar));
      case SequenceNode sequence -> {
        for (Node item : sequence.getValue()) {
          ChangelogNode each = node("", item, depth + 1);
          // An item of a list is a key with what is under it.
          children.addAll(each.text().isPresent() ? List.of(each) : each.children());
        }
      }
      case MappingNode mapping -> {
        for (NodeTuple tuple : mapping.getValue()) {
          if (tuple.getKeyNode() instanceof ScalarNode key) {
            ChangelogNode child = node(key.getValue(), tuple.getValueNode(), depth + 1);
            child.text().ifPresent(value -> values.put(key.getValue(), value.value()));
            children.add(child);
          }
        }
      }
      case AnchorNode anchor -> {
        return node(name, anchor.getRealNode(), depth + 1);
      }
      default -> {}
    }
    return new ChangelogNode(
        name, values, children, own, node.getStartMark().map(this::offset).orElse(0));
  }

  private int offset(Mark mark) {
    return Math.min(mark.getIndex() + shift, text.length());
  }

  private PlacedText placed(ScalarNode scalar) {
    int start = scalar.getStartMark().map(this::offset).orElse(0);
    int end = scalar.getEndMark().map(this::offset).orElse(start);
    ScalarStyle style = scalar.getScalarStyle();
    return new PlacedText(
        scalar.getValue(),
        switch (style) {
          case LITERAL, FOLDED -> verbatim(behindLine(start, end), end);
          case DOUBLE_QUOTED -> escaped(start + 1, Math.max(start + 1, end - 1));
          case SINGLE_QUOTED -> doubled(start + 1, Math.max(start + 1, end - 1));
          default -> verbatim(start, end);
        });
  }

  private List<PlacedText.Piece> verbatim(int start, int end) {
    PlacedText.Pieces pieces = new PlacedText.Pieces(text);
    pieces.add(start, end);
    return pieces.list();
  }

  private int behindLine(int start, int end) {
    int i = start;
    while (i < end && text.codePointAt(i) != '\n') {
      i++;
    }
    return i;
  }

  private List<PlacedText.Piece> doubled(int start, int end) {
    PlacedText.Pieces pieces = new PlacedText.Pieces(text);
    int i = start;
    while (i < end) {
      boolean two = text.codePointAt(i) == '\'' && i + 1 < end && text.codePointAt(i + 1) == '\'';
      if (two) {
        pieces.add(i, i + 2, "'");
      } else {
        pieces.add(i, i + 1);
      }
      i += two ? 2 : 1;
    }
    return pieces.list();
  }

  private List<PlacedText.Piece> escaped(int start, int end) {
    PlacedText.Pieces pieces = new PlacedText.Pieces(text);
    int i = start;
    while (i < end) {
      if (text.codePointAt(i) != '\\' || i + 1 >= end) {
        pieces.add(i, i + 1);
        i++;
        continue;
      }
      int kind = text.codePointAt(i + 1);
      int digits =
          switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
          };
      int behind = Math.min(end, i + 2 + digits);
      pieces.add(i, behind, digits > 0 ? code(text.substring(i + 2, behind)) : meaning(kind));
      i = behind;
    }
    return pieces.list();
  }

  private static String code(String digits) {
    try {
      int code = Integer.parseInt(digits, 16);
      return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    } catch (NumberFormatException none) {
      return "";
    }
  }

  private static String meaning(int kind) {
    return switch (kind) {
      case 'n', 'N', 'L', 'P' -> "\n";
      case 't', '\t' -> "\t";
      case 'r' -> "\r";
      case '\n', '\r' -> "";
      case '_' -> "\u00a0";
      default -> Character.toString(kind);
    };
  }
}
