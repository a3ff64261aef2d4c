package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is cut out of an error message. */
final class RedactorTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "postgresql://app:s3cret@db:5433/shop, postgresql://app@db:5433/shop",
        "postgres://app:p%40ss@db/shop?sslmode=require, postgresql://app@db/shop",
        "postgresql://db/shop?user=app&password=s3cret, postgresql://app@db/shop",
        "jdbc:postgresql://db/shop?user=app&password=s3cret, postgresql://app@db/shop",
        "host=db user=app password='s3 cr\\'t' dbname=shop, postgresql://app@db/shop",
        "password=s3cret, postgresql://",
        "postgresql://app:s3cret@db?broken, (hidden)",
        "mysql://app:s3cret@db/shop, (hidden)",
        "host=db password='s3cret, (hidden)"
      })
  void aConnectionStringIsShownWithoutItsSecrets(String given, String shown) {
    assertEquals("cannot use " + shown, hide("cannot use " + given, given));
    assertEquals(
        "Unknown option: '--agianst=" + shown + "'",
        hide("Unknown option: '--agianst=" + given + "'", "--agianst=" + given));
  }

  @Test
  void thePasswordAloneIsHiddenAsItIsWrittenAndAsItIsMeant() {
    assertEquals(
        "(hidden) is wrong", hide("hunter2@home is wrong", "postgresql://u:hunter2%40home@h/d"));
  }

  @Test
  void soIsThatOfAKeyFile() {
    assertEquals("(hidden)", hide("opensesame", "postgresql://u@h/d?sslpassword=opensesame"));
  }

  @Test
  void soIsThatOfTheEnvironment() {
    Redactor redactor = new Redactor(new String[0], Map.of("PGPASSWORD", "opensesame"));
    assertEquals("no (hidden) here", redactor.hide("no opensesame here"));
  }

  @Test
  void aShortOneIsAWordLikeOthersOutsideItsConnectionString() {
    String given = "postgresql://app:shop@db/shop";
    assertEquals("connecting to postgresql://app@db/shop", hide("connecting to " + given, given));
    assertEquals("the table shop", hide("the table shop", given));
  }

  @ParameterizedTest
  @CsvSource({"--password", "--source-password", "--pgpassword"})
  void whatLooksLikeAnOptionForItIsHiddenToo(String option) {
    assertEquals(
        "Unknown option: '" + option + "=(hidden)'",
        hide("Unknown option: '" + option + "=s3cret'", option + "=s3cret"));
  }

  @Test
  void otherArgumentsAreShown() {
    assertEquals("there is no command x=y", hide("there is no command x=y", "x=y", "--since=3"));
  }

  private static String hide(String text, String... arguments) {
    return new Redactor(arguments, Map.of()).hide(text);
  }
}
