package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libpq 15's PQconninfoParse makes of the same texts. */
final class KeyValueFormTest {

  @Test
  void blanksMayStandAroundTheEqualsSign() {
    assertEquals(
        Map.of("host", "localhost", "port", "5433", "dbname", "d"),
        parse(" host = localhost\tport= 5433\n dbname =d "));
  }

  @Test
  void quotesHoldBlanks() {
    assertEquals(
        Map.of("dbname", "my db", "password", "a'b\\c", "user", ""),
        parse("dbname='my db' password='a\\'b\\\\c' user=''"));
  }

  @Test
  void backslashTakesTheNextCharacterAsItIs() {
    assertEquals(Map.of("password", "a b"), parse("password=a\\ b"));
    assertEquals(Map.of("password", "a "), parse("password=a\\ "));
    assertEquals(Map.of("password", "a"), parse("password=a\\"));
  }

  @Test
  void valueIsWhateverFollowsTheBlanks() {
    assertEquals(Map.of("password", "user=x"), parse("password= user=x"));
  }

  @Test
  void laterValuesWin() {
    assertEquals(Map.of("user", "b"), parse("user=a user=b"));
  }

  @Test
  void orderIsTheOneWritten() {
    assertEquals(
        List.of("user", "host", "dbname"), List.copyOf(parse("user=u host=h dbname=d").keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host=h secret", "secret host=h", "=secret", "password='secret", "host=h =secret"})
  void badPartsAreRefusedWithoutRepeatingThem(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> parse(text));
    assertFalse(refused.toString().contains("secret"), refused.toString());
  }

  private static Map<String, String> parse(String text) {
    return ConnectionString.parse(text).parameters();
  }
}
