package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    assertEquals("localhost:5432", places(nothing));
    assertEquals(System.getProperty("user.name"), nothing.database());
    assertEquals(Optional.empty(), nothing.user());
    assertEquals(Optional.empty(), nothing.password());
    assertEquals("joe", ConnectionString.parse("user=joe").database());
    assertEquals("127.0.0.1:5432", places(ConnectionString.parse("hostaddr=127.0.0.1")));
    assertEquals("localhost:5432", places(ConnectionString.parse("host='' port=''")));
  }

  @Test
  void everyHostHasItsPort() {
    assertEquals("a:1,b:5432", places(ConnectionString.parse("postgresql://a:1,b/d")));
    assertEquals("a:7,b:7", places(ConnectionString.parse("host=a,b port=7")));
    assertEquals("[::1]:5433", places(ConnectionString.parse("postgresql://[::1]:5433/d")));
  }

  @Test
  void userAndPasswordThatAreNotWrittenAreThoseOfTheEnvironment() {
    Map<String, String> environment =
        Map.of("PGUSER", "v", "PGPASSWORD", "q", "PGHOST", "elsewhere");
    assertEquals(
        Map.of("host", "h", "user", "v", "password", "q"),
        ConnectionString.parse("host=h").completedBy(environment).parameters());
    ConnectionString whole = ConnectionString.parse("postgresql://u:p@h/d");
    assertEquals(whole, whole.completedBy(environment));
    assertEquals(whole, whole.completedBy(Map.of("PGUSER", "")));
  }

  private static String places(ConnectionString connection) {
    return connection.hosts().stream().map(HostAndPort::toString).collect(Collectors.joining(","));
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
