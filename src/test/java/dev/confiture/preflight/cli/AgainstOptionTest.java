package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.postgres.ConnectionString;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code --against} reads what libpq would read. */
final class AgainstOptionTest {

  @Test
  void everyPartOfAUri() {
    assertEquals(
        Map.of(
            "user",
            "app",
            "password",
            "s3cret",
            "host",
            "db",
            "port",
            "5433",
            "dbname",
            "shop",
            "sslmode",
            "require"),
        read("postgresql://app:s3cret@db:5433/shop?sslmode=require").parameters());
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://app:a?b=c@db/shop, a?b=c",
    "postgresql://app:a?b@db/shop?sslmode=require, a?b",
    "postgresql://app:a@b@db/shop, a@b",
    "postgresql://app:a/b@db/shop, a/b",
    "postgresql://app:a:b@db/shop, a:b",
    "postgresql://app:a#b@db/shop, a#b",
    "postgresql://app:a+b%20c%25@db/shop, a+b c%",
    "postgresql://db/shop?user=app&password=a@b, a@b",
    "jdbc:postgresql://db/shop?user=app&password=a%26b, a&b",
    "host=db dbname=shop user=app password=a@b/c?d, a@b/c?d",
    "host=db dbname=shop user=app password = a\\ b, a b"
  })
  void aPasswordWithWhatDividesAUri(String text, String password) {
    ConnectionString read = read(text);
    assertEquals(password, read.password().orElse(""));
    assertEquals("postgresql://app@db/shop", read.redacted());
  }

  @ParameterizedTest
  @CsvSource({
    "'postgresql://a:1,b/shop', 'a,b', '1,', 'postgresql://a:1,b/shop'",
    "postgresql://[2001:db8::1]:5433/shop, 2001:db8::1, 5433, postgresql://[2001:db8::1]:5433/shop",
    "'host=a,b port=5433 dbname=shop', 'a,b', 5433, 'postgresql://a:5433,b:5433/shop'"
  })
  void hostsAndTheirPorts(String text, String hosts, String ports, String redacted) {
    ConnectionString read = read(text);
    assertEquals(hosts, read.get("host").orElse(""));
    assertEquals(ports, read.get("port").orElse(""));
    assertEquals(redacted, read.redacted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db:port/shop",
        "postgresql://db:0/shop",
        "postgresql://db:65536/shop",
        "postgresql://db:99999999999/shop",
        "postgresql://db:-1/shop",
        "postgresql://app:s3cret:5432/shop",
        "postgresql://a:1,b:x/shop",
        "host=db port=x"
      })
  void aPortIsANumberOfOne(String text) {
    assertEquals(
        "the port of the connection string is no number from 1 to 65535; in a password, /, ? and @"
            + " are written as %2F, %3F and %40",
        refusal(text));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "shop, a connection string starts with postgresql:// or is written as host=… dbname=…",
        "mysql://db/shop,"
            + " a connection string starts with postgresql:// or is written as host=… dbname=…",
        "postgresql://db/shop?sslmode,"
            + " \"a parameter of the connection string has no value: it is written as ?key=value\"",
        "postgresql://db/100%,"
            + " \"the connection string has a % that no two hexadecimal digits follow: write %25\"",
        "host=db dbname,"
            + " \"a connection string of the form key=value has a part without \"\"=\"\"\"",
        "host=db password='s3cret,"
            + " a quoted value of the connection string has no closing quote"
      })
  void whatIsNeitherFormIsRefusedWithoutRepeatingIt(String text, String message) {
    assertEquals(message, refusal(text));
  }

  @Test
  void sandboxIsAnotherNameOfTheOption() {
    Cli.run("--sandbox", "shop")
        .assertRefused(
            "Invalid value for option '--against': a connection string starts with postgresql://"
                + " or is written as host=… dbname=…",
            "preflight --help lists the options");
  }

  private static ConnectionString read(String text) {
    return Option.AGAINST.parse(text);
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage());
  }
}
