package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's way to write a time. */
final class TimeSpanTest {

  @ParameterizedTest
  @CsvSource({
    "250, 250",
    "250ms, 250",
    "90s, 90000",
    "10min, 600000",
    "2h, 7200000",
    "1d, 86400000",
    "1.5s, 1500",
    ".5min, 30000",
    "'10 min', 600000",
    "' 5s ', 5000",
    "0, 0",
    "0s, 0",
    "5000us, 5",
    "2147483647, 2147483647",
    "24d, 2073600000"
  })
  void aNumberAndAUnit(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), TimeSpan.parse(text));
  }

  /** Zero would mean that there is no limit. */
  @ParameterizedTest
  @CsvSource({"1us, 1", "0.2ms, 1", "1001us, 2"})
  void whatIsLessThanAMillisecondIsOne(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), TimeSpan.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "-1",
        "-1s",
        "+1s",
        "1 2s",
        "1.2.3s",
        "5S",
        "5MIN",
        "5sec",
        "5m",
        "5w",
        "1e3",
        "1s 500ms",
        "infinity",
        "0x10"
      })
  void everythingElseIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TimeSpan.parse(text)).getMessage();
    assertTrue(String.valueOf(message).startsWith("not a duration: "), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "25d", "99999999999999999999d"})
  void whatTheServerCannotCountIsTooLong(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TimeSpan.parse(text)).getMessage();
    assertTrue(String.valueOf(message).startsWith("PostgreSQL knows no longer time"), message);
  }
}
