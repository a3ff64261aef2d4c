package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SourceTextTest {

  @Test
  void positionsCountCodePointsFromOne() {
    SourceText source = SourceText.of("a\n🍓é;\r\n\nx");
    assertEquals(new Position(1, 1), source.position(0));
    assertEquals(new Position(1, 2), source.position(1), "a line's end belongs to the line");
    assertEquals(new Position(2, 1), source.position(2));
    assertEquals(new Position(2, 3), source.position(4), "after one emoji and one letter");
    assertEquals(new Position(3, 1), source.position(7));
    assertEquals(new Position(4, 2), source.position(9), "the end of the text");
    assertEquals(9, source.length());
  }

  @Test
  void offsetsAreWherePositionsCameFrom() {
    SourceText source = SourceText.of("a\n🍓é;\r\n\nx");
    for (int offset = 0; offset <= source.length(); offset++) {
      assertEquals(offset, source.offset(source.position(offset)));
    }
  }

  @Test
  void linesAreWithoutTheirEnds() {
    SourceText source = SourceText.of("a\r\n\n🍓\rb\n");
    assertEquals(4, source.lineCount());
    assertEquals("a", source.line(1));
    assertEquals("", source.line(2));
    assertEquals("🍓\rb", source.line(3));
    assertEquals("", source.line(4));
    assertEquals(4, source.lineStart(3));
  }

  @Test
  void textWithoutAnyLineIsOneEmptyLine() {
    SourceText source = SourceText.of("");
    assertEquals(1, source.lineCount());
    assertEquals("", source.line(1));
    assertEquals(new Position(1, 1), source.position(0));
  }

  @Test
  void substringsAreCutBetweenCodePoints() {
    SourceText source = SourceText.of("a🍓b🍓");
    assertEquals("🍓b", source.substring(1, 3));
    assertEquals(0x1F353, source.codePointAt(3));
  }

  @Test
  void onlyTheFirstCodePointIsAByteOrderMark() {
    assertTrue(SourceText.of("\ufeffa").hasByteOrderMark());
    assertFalse(SourceText.of("a\ufeff").hasByteOrderMark());
    assertFalse(SourceText.of("").hasByteOrderMark());
  }

  @Test
  void utf8IsReadAsItIs() {
    String text = "\ufeffé名🍓\r\n\u0000";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        text,
        assertInstanceOf(SourceText.Decoded.Decodable.class, SourceText.decode(bytes))
            .text()
            .text());
  }

  @Test
  void firstBadByteIsNamed() {
    byte[] latin1 = "SELECT 1;\r\n-- café\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(new SourceText.Decoded.Undecodable(2, 7, 0xE9), SourceText.decode(latin1));
    assertEquals(
        new SourceText.Decoded.Undecodable(1, 1, 0xFF), SourceText.decode(new byte[] {-1}));
  }

  @Test
  void columnOfABadByteCountsBytes() {
    byte[] bytes = {(byte) 0xC3, (byte) 0xA9, (byte) 0x80};
    assertEquals(new SourceText.Decoded.Undecodable(1, 3, 0x80), SourceText.decode(bytes));
  }
}
