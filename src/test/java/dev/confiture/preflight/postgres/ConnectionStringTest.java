package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionStringTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://h:5433/d",
        "postgres://h:5433/d",
        "jdbc:postgresql://h:5433/d",
        " PostgreSQL://h:5433/d\n"
      })
  void uriIsToldByItsScheme(String text) {
    ConnectionString parsed = ConnectionString.parse(text);
    assertTrue(parsed.uri());
    assertEquals(Map.of("host", "h", "port", "5433", "dbname", "d"), parsed.parameters());
  }

  @Test
  void keywordsWithValuesAreTheOtherForm() {
    ConnectionString parsed = ConnectionString.parse("host=h dbname=d");
    assertFalse(parsed.uri());
    assertEquals(Map.of("host", "h", "dbname", "d"), parsed.parameters());
  }

  @Test
  void schemeInAValueMakesNoUri() {
    assertEquals(
        Map.of("password", "ab://c", "user", "x"),
        ConnectionString.parse("password=ab://c user=x").parameters());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mydb", "mysql://h/d?password=secret", "https://secret"})
  void otherTextsAreRefusedWithoutRepeatingThem(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ConnectionString.parse(text))
            .getMessage();
    assertEquals(
        "a connection string starts with postgresql:// or is written as host=… dbname=…", message);
  }

  @Test
  void whatIsNotWrittenIsAsLibpqHasIt() {
    ConnectionString nothing = ConnectionString.parse("postgresql://");
    assertEquals("localhost", nothing.host());
    assertEquals("5432", nothing.port());
    assertEquals("postgres", nothing.database());
    assertEquals(Optional.empty(), nothing.user());
    assertEquals(Optional.empty(), nothing.password());
    assertEquals("joe", ConnectionString.parse("user=joe").database());
    assertEquals("127.0.0.1", ConnectionString.parse("hostaddr=127.0.0.1").host());
    assertEquals("localhost", ConnectionString.parse("host='' port=''").host());
    assertEquals("5432", ConnectionString.parse("host='' port=''").port());
  }

  @Test
  void databaseAndUserCanBeOthers() {
    ConnectionString one = ConnectionString.parse("postgresql://u:p@h/d?sslmode=require");
    ConnectionString other = one.withDatabase("e").withUser("v", "q");
    assertEquals(
        Map.of("host", "h", "dbname", "e", "user", "v", "password", "q", "sslmode", "require"),
        other.parameters());
    assertEquals("d", one.database(), "the first is as it was");
  }
}
