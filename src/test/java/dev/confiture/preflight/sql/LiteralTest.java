package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LiteralTest {

  @Test
  void escapesAreTheCharactersThatTheyStandFor() {
    assertEquals(
        "a'\n\tAAA\u00e9\ud83c\udf53\\",
        value("E'a\\'\\n\\t\\x41\\101\\u0041\\xC3\\xa9\\U0001F353\\\\'"));
    assertEquals("\ud83c\udf53 ''", value("E'\\uD83C\\uDF53 ''\\''"));
  }

  @Test
  void unicodeEscapesHaveACharacterOfTheirOwn() {
    assertEquals("data\\ !", value("U&'d!0061t!+000061\\ !!' UESCAPE '!'"));
    assertEquals("d\\a", value("U&'d\\\\\\0061'"));
  }

  @Test
  void plainStringsKeepTheirBackslashes() {
    assertEquals("a\\n'b", value("'a\\n''b'"));
    assertEquals("a\\n''b", value("$x$a\\n''b$x$"));
  }

  @Test
  void stringsOnFollowingLinesContinueOne() {
    assertEquals("abc", value("'ab'\n  'c'"));
    assertEquals("ab\nc", value("E'ab'\n  '\\nc'"));
  }

  @Test
  void offsetsAreThoseOfTheText() {
    Literal literal = literal("E'🍓\\n\\'x'");
    assertEquals(List.of(9, 10, 12, 14, 15), offsets(literal));
  }

  @Test
  void stringWithinAStringHasTheOutersOffsets() {
    Literal outer = literal("'x ''a'''");
    Literal inner = Literal.of(outer.tokens(), 1).within(outer);
    assertEquals("a", inner.value());
    assertEquals(List.of(12, 13), offsets(inner));
  }

  @Test
  void nothingElseIsALiteral() {
    assertEquals(0, Literal.of(Sql.statement("SELECT \"a\", 1").tokens(), 1).length());
  }

  private static List<Integer> offsets(Literal literal) {
    return IntStream.rangeClosed(0, literal.length()).mapToObj(literal::offset).toList();
  }

  private static String value(String sql) {
    return literal(sql).value();
  }

  private static Literal literal(String sql) {
    return Literal.of(Sql.statement("SELECT " + sql).tokens(), 1);
  }
}
