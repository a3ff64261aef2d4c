package dev.confiture.preflight.sql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceTextTest {

  @Test
  void countsInCodePoints() {
    SourceText text = SourceText.of("'😀é' x\r\ny\rz\n");
    assertEquals(new Position(1, 6), text.position(5));
    assertEquals("x", text.substring(5, 6));
    assertEquals(new Position(2, 1), text.position(8));
    assertEquals(8, text.offset(new Position(2, 1)));
    assertEquals(3, text.lineCount());
    assertEquals("'😀é' x", text.line(1));
    assertEquals("y\rz", text.line(2));
    assertEquals("", text.line(3));
  }

  @Test
  void namesTheFirstByteThatIsNotUtf8() {
    byte[] latin1 = "SELECT 1;\n-- naïve\n".getBytes(ISO_8859_1);
    assertEquals(new UndecodableText(2, 6, 0xEF), SourceText.decode(latin1));
  }

  @Test
  void refusesATextThatEndsWithinACharacter() {
    byte[] whole = "é".getBytes(UTF_8);
    assertEquals(new UndecodableText(1, 1, 0xC3), SourceText.decode(new byte[] {whole[0]}));
  }

  @Test
  void takesAByteOrderMarkAsNoPartOfTheFirstStatement() {
    byte[] bytes = "\uFEFFSELECT 1".getBytes(UTF_8);
    SourceText text = assertInstanceOf(SourceText.class, SourceText.decode(bytes));
    assertEquals(
        List.of("SELECT 1"), Script.of(text).statements().stream().map(Statement::text).toList());
  }

  @Test
  void splitsLinesThatEndAsOnWindows() {
    Script script =
        Script.of(
            SourceText.of(
                "\\restrict x\r\nCOPY t FROM stdin;\r\n1;\r\n\\.\r\nSELECT\r\n  2;\r\nSELECT 3"));
    assertEquals(
        List.of("COPY t FROM stdin", "SELECT\r\n  2", "SELECT 3"),
        script.statements().stream().map(Statement::text).toList());
    assertEquals(
        List.of("1;\r\n"),
        script.pieces().stream()
            .filter(CopyData.class::isInstance)
            .map(piece -> ((CopyData) piece).rows())
            .toList());
    assertEquals(
        List.of("restrict"),
        script.pieces().stream()
            .filter(MetaCommand.class::isInstance)
            .map(piece -> ((MetaCommand) piece).name())
            .toList());
  }
}
