package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML as nodes with their places, and what is not YAML as a value, in a time that has an end. */
@Timeout(60)
final class YamlTest {

  @Test
  void everyValueKnowsWhereItStands() {
    YamlNode.Mapping root =
        mapping(
            """
            # a comment
            up_preconditions:
              - type: TableExists
                table: "Ünïcode 😀"
            """);
    YamlNode.Sequence items = sequence(root.value("up_preconditions").orElseThrow());
    YamlNode.Mapping first = (YamlNode.Mapping) items.items().getFirst();
    YamlNode.Scalar table = scalar(first, "table");
    assertEquals("Ünïcode 😀", table.text());
    assertEquals(new Position(4, 12), table.start());
    assertEquals(new Position(4, 23), table.end());
    assertEquals(new Position(4, 5), first.key("table").orElseThrow().start());
    assertEquals(List.of("type", "table"), List.copyOf(first.entries().keySet()));
  }

  /** What PyYAML's safe_load makes of the same text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users|TEXT",
        "\"5432\"|TEXT",
        "\"\"|TEXT",
        "'no'|BOOLEAN",
        "On|BOOLEAN",
        "y|TEXT",
        "TRUE|BOOLEAN",
        "5432|INTEGER",
        "-1_000|INTEGER",
        "0x1F|INTEGER",
        "190:20:30|INTEGER",
        "0o17|TEXT",
        "1.5|OTHER",
        "1e3|TEXT",
        "2024-01-01|OTHER",
        "~|NULL",
        "null|NULL",
        "!!str 5|TEXT",
        "!!int \"5\"|INTEGER"
      })
  void aValueIsTakenForWhatConfituresReaderTakesItFor(String value, YamlNode.Kind kind) {
    assertEquals(kind, scalar(mapping("key: " + value + "\n"), "key").kind());
  }

  @Test
  void aFileWithoutAValueIsEmptyAndOneWithAByteOrderMarkIsNotBroken() {
    assertEquals(Optional.empty(), document("# nothing\n").root());
    assertEquals("b", scalar(mapping("\uFEFFa: b\n"), "a").text());
  }

  @Test
  void anAliasIsItsAnchorAndAMergedMappingGivesWhatIsNotSaid() {
    YamlNode.Mapping root =
        mapping("base: &b {table: users, schema: app}\nup:\n  <<: *b\n  schema: other\nlist: [*b]");
    YamlNode.Mapping up = (YamlNode.Mapping) root.value("up").orElseThrow();
    assertEquals("users", scalar(up, "table").text());
    assertEquals("other", scalar(up, "schema").text());
    assertEquals(
        root.value("base").orElseThrow(),
        sequence(root.value("list").orElseThrow()).items().getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\nb: [1, 2\\n|3|1|while parsing a flow sequence",
        "a: 1\\n\\tb: 2\\n|2|1|cannot start any token",
        "a: 1\\nb: 2\\na: 3\\n|3|1|the key a is there twice",
        "a: 1\\n---\\nb: 2\\n|2|1|expected a single document",
        "a: !thing x\\n|1|4|the tag !thing is not known",
        "a: *nowhere\\n|1|4|undefined alias",
        "a: &x [*x]\\n|1|4|it contains itself",
        "a:\\n  <<: 5\\n|2|7|<< takes a mapping",
        "a:\\n  <<: [5]\\n|2|8|<< takes a mapping",
        "a: &a\\n  <<: *a\\n|1|4|it contains itself",
        "a: &a\\n  <<: [*a]\\n|1|4|it contains itself",
        "? [a]\\n: b\\n|1|1|Non scalar key"
      })
  void whatIsWrongIsSaidWithItsPlace(String text, int line, int column, String reason) {
    Yaml.Broken broken = broken(text.replace("\\n", "\n").replace("\\t", "\t"));
    assertEquals(new Position(line, column), broken.position(), broken.reason());
    assertTrue(broken.reason().contains(reason), broken.reason());
  }

  @Test
  void depthAndAliasesHaveLimits() {
    assertTrue(broken("[".repeat(60) + "]".repeat(60)).reason().contains("nested"));
    assertTrue(broken("[".repeat(500_000)).reason().contains("nested"));
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 60; i++) {
      laughs.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }
    assertTrue(broken(laughs.toString()).reason().contains("aliases"));
  }

  /** Fewer aliases than the limit, and yet more values than memory if each were a copy. */
  @Test
  void anAliasIsNotCopied() {
    StringBuilder text = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
    }
    assertEquals(40, mapping(text.toString()).entries().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes.yaml", "folder.yaml", "gone.yaml"})
  void aFileThatCannotBeReadIsAValueToo(String name, @TempDir Path folder) throws IOException {
    Files.write(folder.resolve("bytes.yaml"), new byte[] {'a', '\n', ':', (byte) 0xFF});
    Files.createDirectory(folder.resolve("folder.yaml"));
    if (Yaml.named(folder.resolve(name)) instanceof Yaml.Broken broken) {
      assertEquals(
          name.equals("bytes.yaml") ? new Position(2, 2) : new Position(1, 1), broken.position());
    } else {
      throw new AssertionError(name + " was read");
    }
  }

  private static Yaml.Document document(String text) {
    return switch (Yaml.Reader.parse(SourceText.of(text))) {
      case Yaml.Document document -> document;
      case Yaml.Broken broken -> throw new AssertionError(broken.reason());
    };
  }

  private static Yaml.Broken broken(String text) {
    return switch (Yaml.Reader.parse(SourceText.of(text))) {
      case Yaml.Document document -> throw new AssertionError(String.valueOf(document.root()));
      case Yaml.Broken broken -> broken;
    };
  }

  private static YamlNode.Mapping mapping(String text) {
    return (YamlNode.Mapping) document(text).root().orElseThrow();
  }

  private static YamlNode.Sequence sequence(YamlNode node) {
    return (YamlNode.Sequence) node;
  }

  private static YamlNode.Scalar scalar(YamlNode.Mapping mapping, String key) {
    return (YamlNode.Scalar) mapping.value(key).orElseThrow();
  }
}
