package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.UsageProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file, as nodes that know their place: what is wrong in it is said with line and column.
 *
 * <p>No message repeats what stands in the file, since a password may. For that reason the parser's
 * exceptions, which quote the line, are no causes either.
 */
final class YamlFile {

  /** More than any configuration needs; a limit to what is read of a file that never ends. */
  private static final int MOST_BYTES = 1 << 20;

  /** With the engine's plain schema: its other one never ends at a mapping that merges itself. */
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          // Only what is asked for is judged: what is beside it may be written in any way.
          .setAllowNonScalarKeys(true)
          .build();

  private YamlFile() {}

  /**
   * Reads the file; what holds no key at all is an empty mapping.
   *
   * @param what what the file is, for messages
   * @throws UsageProblem if it cannot be read, or is not YAML of one mapping
   */
  static YamlMapping read(Path file, String what) {
    String text = text(file, what);
    try {
      Node root =
          new Compose(SETTINGS)
              .composeString(text)
              .orElseGet(() -> new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK));
      if (root instanceof MappingNode mapping) {
        return new YamlMapping(file, mapping);
      }
      throw YamlMapping.problem(
          place(file, root.getStartMark()),
          what + " is no mapping of keys to values",
          "write it as key: value");
    } catch (MarkedYamlEngineException broken) {
      throw YamlMapping.problem(
          place(file, broken.getProblemMark()),
          what + " is not YAML: " + withoutContent(String.valueOf(broken.getProblem())),
          "a value with characters such as : # @ % { [ stands in quotes");
    } catch (YamlEngineException broken) {
      throw YamlMapping.problem(
          file.toString(), what + " is not YAML: " + broken.getMessage(), "mend the file");
    } catch (StackOverflowError nested) {
      throw YamlMapping.problem(
          file.toString(), what + " is nested too deeply to be read", "mend the file");
    }
  }

  /** The parser says what it found at the place; that is the user's. */
  private static String withoutContent(String problem) {
    return problem.replaceAll(
        "(?s),? but (found|got).*|(?<=alias|tag handle|escape character) .*| \\(Do not.*", "");
  }

  /** {@code file:line:column}, from 1. */
  static String place(Path file, Optional<Mark> mark) {
    return file + mark.map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("");
  }

  private static String text(Path file, String what) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UsageProblem(
            what + " " + file + " is longer than " + (MOST_BYTES >> 10) + " KiB",
            "check the path: this is no configuration");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException notText) {
      throw new UsageProblem(what + " " + file + " is not UTF-8 text", "save it as UTF-8", notText);
    } catch (IOException unreadable) {
      throw new UsageProblem(
          what + " " + file + (Files.exists(file) ? " cannot be read" : " does not exist"),
          "check the path",
          unreadable);
    }
  }
}
