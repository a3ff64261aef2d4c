package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:s3cret@h:5433/d",
        "postgresql://u:s3cret@h:5433/d?sslpassword=s3cret&options=s3cret",
        "postgresql://u@h:5433/d?password=s3cret",
        "postgresql://u:x@s3cret@h:5433/d",
        "postgresql://u:x/s3cret@h:5433/d",
        "postgresql://u:x?s3cret=1@h:5433/d",
        "postgresql://u:x:s3cret@h:5433/d",
        "host=h port=5433 user=u dbname=d password=s3cret",
        "host=h port=5433 user=u dbname=d password='x s3cret' sslpassword=s3cret"
      })
  void passwordIsNeverShown(String text) {
    ConnectionString parsed = ConnectionString.parse(text);
    assertEquals("postgresql://u@h:5433/d", parsed.redacted());
    assertEquals("postgresql://u@h:5433/d", parsed.toString());
  }

  @Test
  void passwordGivenLaterIsNotShownEither() {
    ConnectionString other =
        ConnectionString.parse("postgresql://h/d").withUser("u", "s3cret").withDatabase("e");
    assertEquals("postgresql://u@h/e", other.redacted());
    assertFalse(("" + other).contains("s3cret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql:// | postgresql://",
        "dbname=d | postgresql:///d",
        "postgresql://a:1,b:2,c/d | postgresql://a:1,b:2,c/d",
        "host=a,b port=5433 | postgresql://a:5433,b:5433",
        "postgresql://[::1]:5433/d | postgresql://[::1]:5433/d",
        "hostaddr=127.0.0.1 dbname=d | postgresql://127.0.0.1/d",
        "host=/var/run user=u | postgresql://u@/var/run"
      })
  void placeIsShownAsItWasWritten(String text, String shown) {
    assertEquals(shown, ConnectionString.parse(text).redacted());
  }
}
