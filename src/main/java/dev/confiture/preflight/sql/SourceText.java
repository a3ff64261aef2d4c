package dev.confiture.preflight.sql;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * The text of a file, or one derived from a file, as code points. A byte order mark is the first
 * one, and no part of the first line.
 */
public final class SourceText {

  /** The bytes of a file, read as UTF-8. */
  public sealed interface Decoded {

    /** Bytes that are UTF-8. */
    record Decodable(SourceText text) implements Decoded {}

    /**
     * Bytes that are not UTF-8.
     *
     * @param line the line of the first invalid byte, from 1
     * @param column its column, in bytes from 1
     * @param byteValue its value, 0 to 255
     */
    record Undecodable(int line, int column, int byteValue) implements Decoded {}
  }

  /**
   * A file that a part of a text comes from, where that is not the text's own.
   *
   * @param path the file, as the user would write it
   * @param text its text
   */
  public record File(Path path, SourceText text) {}

  /** Maps the offsets of a derived text to places in the file that it comes from. */
  public interface Origin {

    /** Returns the place of an offset, or the nearest place that is known. */
    Position position(int offset);

    /** Returns true if the place is the very one, and not only the nearest. */
    boolean isExact(int offset);

    /** Returns the file that the place is in, where that is not the text's own. */
    default Optional<File> file(int offset) {
      return Optional.empty();
    }
  }

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final String text;
  private final int[] codePoints;
  private final int[] lineStarts;
  private final Optional<Origin> origin;

  private SourceText(String text, Optional<Origin> origin) {
    this.text = text;
    this.codePoints = text.codePoints().toArray();
    this.lineStarts = lineStarts(codePoints);
    this.origin = origin;
  }

  /** Makes a text that is a file of its own. */
  public static SourceText of(String text) {
    return new SourceText(text, Optional.empty());
  }

  /** Makes a text that was derived from a file; {@code origin} maps its offsets to the file. */
  public static SourceText derived(String text, Origin origin) {
    return new SourceText(text, Optional.of(origin));
  }

  /** Returns another text of the same length, at the same places of the file. */
  public SourceText with(String other) {
    return new SourceText(other, origin);
  }

  /** Returns the same text with blanks in these places, as long and with the same lines. */
  public SourceText blanked(Collection<Span> places) {
    int[] blanked = codePoints.clone();
    for (Span place : places) {
      for (int i = place.start(); i < place.end(); i++) {
        // Java's white space is more than PostgreSQL's.
        blanked[i] = blanked[i] == '\n' || blanked[i] == '\r' ? blanked[i] : ' ';
      }
    }
    return new SourceText(new String(blanked, 0, blanked.length), origin);
  }

  /** Decodes bytes as UTF-8, without tolerance for invalid ones. */
  public static Decoded decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      return new Decoded.Decodable(of(out.flip().toString()));
    }
    int bad = in.position();
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < bad; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Decoded.Undecodable(line, bad - lineStart + 1, bytes[bad] & 0xFF);
  }

  /** Returns the text. */
  public String text() {
    return text;
  }

  /** Returns the length in code points. */
  public int length() {
    return codePoints.length;
  }

  /** Returns the code point at an offset. */
  public int codePointAt(int offset) {
    return codePoints[offset];
  }

  /** Returns the text between two offsets. */
  public String substring(int start, int end) {
    return codePoints.length == text.length()
        ? text.substring(start, end)
        : new String(codePoints, start, end - start);
  }

  /** Returns true if the text starts with a byte order mark. */
  public boolean hasByteOrderMark() {
    return codePoints.length > 0 && codePoints[0] == BYTE_ORDER_MARK;
  }

  /** Returns the number of lines; an empty text has one. */
  public int lineCount() {
    return lineStarts.length;
  }

  /** Returns the offset at which a line (from 1) starts. */
  public int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /** Returns a line (from 1) without its line break. */
  public String line(int line) {
    int start = lineStart(line);
    int end = line < lineStarts.length ? lineStarts[line] : codePoints.length;
    while (end > start && (codePoints[end - 1] == '\n' || codePoints[end - 1] == '\r')) {
      end--;
    }
    return substring(start, end);
  }

  /** Returns the line and column of an offset in the file. */
  public Position position(int offset) {
    if (origin.isPresent()) {
      return origin.get().position(offset);
    }
    int counted = Math.max(offset, lineStarts[0]);
    int line = lineOf(counted);
    return new Position(line, counted - lineStarts[line - 1] + 1);
  }

  /** Returns true if the position of an offset is exact, and not the nearest one known. */
  public boolean isExact(int offset) {
    return origin.map(file -> file.isExact(offset)).orElse(true);
  }

  /** Returns the file that an offset comes from, where that is not the text's own. */
  public Optional<File> file(int offset) {
    return origin.flatMap(places -> places.file(offset));
  }

  /** Returns the line (from 1) of this text that holds an offset. */
  public int lineOf(int offset) {
    int found = Arrays.binarySearch(lineStarts, Math.max(offset, lineStarts[0]));
    return (found >= 0 ? found : -found - 2) + 1;
  }

  /** Returns the offset of a line and column of this text. */
  public int offset(Position position) {
    return lineStart(position.line()) + position.column() - 1;
  }

  private static int[] lineStarts(int[] codePoints) {
    int lines = 1;
    for (int c : codePoints) {
      lines += c == '\n' ? 1 : 0;
    }
    int[] starts = new int[lines];
    // Editors and servers do not count a byte order mark as a column.
    starts[0] = codePoints.length > 0 && codePoints[0] == BYTE_ORDER_MARK ? 1 : 0;
    int line = 0;
    for (int i = 0; i < codePoints.length; i++) {
      if (codePoints[i] == '\n') {
        starts[++line] = i + 1;
      }
    }
    return starts;
  }
}
