package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Piece.Trivia;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code split/{ok,err}/<name>.sql} and what psql makes of it, in {@code <name>.expected}.
 *
 * <p>Each piece that is no trivia has a line {@code === line:column kind} and then its text, a
 * statement's without semicolon, the data's without the line that ends them; {@code ␍} stands for a
 * carriage return. {@code ok} is what is well formed; {@code err} what a server or the decoder
 * refuses, and where the rest of the script belongs to one piece.
 */
record SplitFixture(Path sql) {

  static List<Path> files() {
    URL folder = SplitFixture.class.getResource("/split");
    assertNotNull(folder);
    try (Stream<Path> files = Files.walk(Path.of(folder.toURI()))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<SplitFixture> all() {
    return files().stream().filter(f -> f.toString().endsWith(".sql")).map(SplitFixture::new);
  }

  Path expectedFile() {
    String name = String.valueOf(sql.getFileName());
    return sql.resolveSibling(name.substring(0, name.length() - 4) + ".expected");
  }

  List<String> expected() {
    try {
      return Files.readAllLines(expectedFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(sql);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the code under test makes of it, in the words of the expected file. */
  List<String> split() {
    return switch (SourceText.decode(bytes())) {
      case SourceText.Decoded.Undecodable bad ->
          List.of(
              "not UTF-8: byte 0x%02x at line %d, byte %d"
                  .formatted(bad.byteValue(), bad.line(), bad.column()));
      case SourceText.Decoded.Decodable(SourceText source) -> {
        List<String> lines = new ArrayList<>();
        Script.of(source).pieces().forEach(piece -> add(source, piece, lines));
        yield lines;
      }
    };
  }

  private static void add(SourceText source, Piece piece, List<String> lines) {
    Position at = source.position(piece.start());
    String place = "=== %d:%d ".formatted(at.line(), at.column());
    switch (piece) {
      case Statement statement -> {
        lines.add(place + "statement");
        lines.addAll(visible(statement.text()));
      }
      case MetaCommand command -> {
        lines.add(place + "command " + command.name());
        lines.addAll(visible(source.substring(command.start(), command.end())));
      }
      case CopyData data -> {
        lines.add(place + "data");
        data.rows().replace("\r", "␍").lines().forEach(lines::add);
      }
      case Trivia _ -> {}
    }
  }

  private static List<String> visible(String text) {
    return Arrays.asList(text.replace("\r", "␍").split("\n", -1));
  }

  @Override
  public String toString() {
    return String.valueOf(sql.getFileName());
  }
}
