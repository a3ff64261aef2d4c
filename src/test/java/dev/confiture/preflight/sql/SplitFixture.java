package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code split/{ok,err}/<name>.sql} and what psql makes of it, in {@code <name>.expected}.
 *
 * <p>A block is a piece that is no trivia: its kind and where it starts, then its text without
 * semicolon, each line behind a bar. {@code ␍} stands for a carriage return.
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
      case UndecodableText bad ->
          List.of(
              "not UTF-8: byte 0x%02x at line %d, byte %d"
                  .formatted(bad.byteValue(), bad.line(), bad.column()));
      case SourceText source -> {
        List<String> lines = new ArrayList<>();
        Script.of(source).pieces().forEach(piece -> add(source, piece, lines));
        yield lines;
      }
    };
  }

  private static void add(SourceText source, Piece piece, List<String> lines) {
    switch (piece) {
      case Statement statement -> {
        boolean open = statement.tokens().getLast().kind() == TokenKind.UNTERMINATED;
        lines.add("statement " + place(source, piece) + (open ? " unterminated" : ""));
        addText(statement.text(), lines);
      }
      case MetaCommand command -> {
        lines.add("command " + command.name() + " " + place(source, piece));
        addText(source.substring(piece.start(), piece.end()), lines);
      }
      case CopyData data -> {
        lines.add("data " + place(source, piece));
        addText(data.rows(), lines);
      }
      case Trivia _ -> {}
    }
  }

  private static String place(SourceText source, Piece piece) {
    Position position = source.position(piece.start());
    return position.line() + ":" + position.column();
  }

  private static void addText(String text, List<String> lines) {
    text.replace("\r", "␍")
        .lines()
        .map(line -> line.isEmpty() ? "|" : "| " + line)
        .forEach(lines::add);
  }

  @Override
  public String toString() {
    return String.valueOf(sql.getFileName());
  }
}
