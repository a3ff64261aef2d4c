package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libpq 15's PQconninfoParse makes of the same texts, but where a test says otherwise. */
final class UriFormTest {

  @Test
  void allPartsAreRead() {
    assertEquals(
        Map.of(
            "user",
            "u",
            "password",
            "p",
            "host",
            "h",
            "port",
            "5433",
            "dbname",
            "d",
            "sslmode",
            "require",
            "application_name",
            "x"),
        parse("u:p@h:5433/d?sslmode=require&application_name=x"));
  }

  @Test
  void everyPartMayBeMissing() {
    assertEquals(Map.of(), parse(""));
    assertEquals(Map.of("dbname", "d"), parse("/d"));
    assertEquals(Map.of("user", "u", "host", "h"), parse("u@h"));
    assertEquals(Map.of("host", "h", "sslmode", "require"), parse("h?sslmode=require"));
    assertEquals(Map.of("user", "u", "dbname", "d", "host", "/tmp"), parse("u@/d?host=/tmp"));
  }

  @Test
  void partsAreDecoded() {
    assertEquals(
        Map.of(
            "user",
            "u@x",
            "password",
            "p:é q",
            "host",
            "h",
            "dbname",
            "d b",
            "application_name",
            "x&y"),
        parse("u%40x:p%3A%C3%A9%20q@h/d%20b?application_name=x%26y"));
    assertEquals(Map.of("host", "/var/run", "dbname", "d"), parse("%2Fvar%2Frun/d"));
  }

  @Test
  void plusIsAPlus() {
    assertEquals(
        Map.of("user", "u", "password", "p+q", "host", "h", "options", "a+b"),
        parse("u:p+q@h?options=a+b"));
  }

  @Test
  void severalHostsKeepTheirPorts() {
    assertEquals(Map.of("host", "a,b,c", "port", "1,2,", "dbname", "d"), parse("a:1,b:2,c/d"));
    assertEquals(
        Map.of("user", "u", "host", "h,i", "port", ",5433", "dbname", "d"), parse("u@h,i:5433/d"));
  }

  @Test
  void addressesOfVersion6StandInBrackets() {
    assertEquals(Map.of("host", "::1", "port", "5433", "dbname", "d"), parse("[::1]:5433/d"));
    assertEquals(Map.of("host", "::1"), parse("[::1]"));
  }

  @Test
  void questionMarkInAPasswordStartsNoParameters() {
    assertEquals(
        Map.of("user", "u", "password", "p?a=b", "host", "h", "dbname", "d"), parse("u:p?a=b@h/d"));
  }

  @Test
  void atInAParameterEndsNoPassword() {
    assertEquals(Map.of("host", "h", "dbname", "d", "options", "a@b"), parse("h/d?options=a@b"));
  }

  @Test
  void laterParametersWin() {
    assertEquals(Map.of("host", "h", "dbname", "e"), parse("h/d?dbname=e"));
  }

  /** libpq takes the first @ and the first /, and then connects to a host that does not exist. */
  @Test
  void passwordMayHoldAnAtOrASlashAllTheSame() {
    assertEquals(Map.of("user", "u", "password", "p@ss", "host", "h"), parse("u:p@ss@h"));
    assertEquals(
        Map.of("user", "u", "password", "p/ss", "host", "h", "dbname", "d"), parse("u:p/ss@h/d"));
  }

  @Test
  void databaseMayHoldAnAt() {
    assertEquals(Map.of("host", "localhost", "dbname", "my@db"), parse("localhost/my@db"));
    assertEquals(
        Map.of("user", "u", "password", "p", "host", "h", "dbname", "my@db"), parse("u:p@h/my@db"));
    assertEquals(Map.of("host", "::1", "dbname", "my@db"), parse("[::1]/my@db"));
    assertEquals(Map.of("dbname", "my@db"), parse("/my@db"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u:secret/%3F?x=y@h/d",
        "u:secret%zz@h/d",
        "u:p@h/d?secret",
        "h:secret/d",
        "u:p@h/d?=secret"
      })
  void badPartsAreRefusedWithoutRepeatingThem(String afterScheme) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> parse(afterScheme));
    assertFalse(refused.toString().contains("secret"), refused.toString());
    assertFalse(String.valueOf(refused.getCause()).contains("secret"));
  }

  /** libpq says so too, though only when it connects. */
  @Test
  void portsAreNumbersFrom1To65535() {
    assertEquals(Map.of("host", "h,i", "port", "1,65535"), parse("h:1,i:65535"));
    for (String port : List.of("0", "65536", "123456789", "99999999999", "-1", "x")) {
      assertThrows(IllegalArgumentException.class, () -> parse("h:" + port), port);
    }
  }

  private static Map<String, String> parse(String afterScheme) {
    return ConnectionString.parse("postgresql://" + afterScheme).parameters();
  }
}
