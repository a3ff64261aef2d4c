package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts beside what psql makes of them, written by hand.
 *
 * <p>Each piece of {@code <name>.expected} has a line {@code === line:column kind}, and then its
 * text. {@code ok} is what is well formed; {@code err} what a server refuses, and where the rest of
 * the script belongs to one piece.
 */
final class SplitFixturesTest {

  private static final Path FIXTURES = Path.of("src/test/resources/split");

  static Stream<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void splitsAsPsqlDoes(Path script) throws IOException {
    Path expected = Path.of(script.toString().replaceFirst("\\.sql$", ".expected"));
    assertEquals(Files.readString(expected), described(Files.readString(script)));
  }

  private static String described(String text) {
    SourceText source = SourceText.of(text);
    StringBuilder described = new StringBuilder();
    for (Piece piece : Script.of(source).pieces()) {
      String shown =
          switch (piece) {
            case Statement statement -> "statement\n" + statement.text();
            case CopyData data -> "data\n" + data.rows().stripTrailing();
            case MetaCommand command ->
                "command "
                    + command.name()
                    + '\n'
                    + source.substring(command.start(), command.end());
            case Trivia _ -> "";
          };
      if (!shown.isEmpty()) {
        Position at = source.position(piece.start());
        described.append("=== %d:%d %s\n".formatted(at.line(), at.column(), shown));
      }
    }
    return described.toString();
  }
}
