package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutineBodyTest {

  @Test
  void offsetsAreThoseOfTheTextInCodePoints() {
    Statement statement = Sql.statement("DO /* 🍓 */ $🍓$\nx🍓\n$🍓$ LANGUAGE plpgsql;");
    assertEquals(List.of(new RoutineBody(11, 14, 18, "\nx🍓\n")), RoutineBody.of(statement));
  }

  @Test
  void bodyOfABlockIsNotItsLanguage() {
    assertEquals(List.of("BEGIN END"), texts("DO LANGUAGE 'plpgsql' 'BEGIN END'"));
    assertEquals(List.of("BEGIN END"), texts("DO $$BEGIN END$$ LANGUAGE 'plpgsql'"));
  }

  @Test
  void bodyOfAFunctionFollowsAs() {
    assertEquals(
        List.of(" SELECT ''x'' "),
        texts(
            "CREATE FUNCTION f(a text DEFAULT 'd') RETURNS text LANGUAGE 'sql'"
                + " SET search_path = 'p' AS ' SELECT ''x'' ' COST 1"));
    assertEquals(
        List.of("BEGIN END"),
        texts("create or replace procedure p() as $b$BEGIN END$b$ language plpgsql"));
  }

  @Test
  void quotesOfAStringAreNotItsContent() {
    Statement statement = Sql.statement("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS E'\\n1'");
    RoutineBody body = RoutineBody.of(statement).getFirst();
    assertEquals("\\n1", body.text());
    assertEquals(48, body.openingOffset());
    assertEquals(50, body.contentStart());
    assertEquals(53, body.contentEnd());
  }

  @Test
  void emptyBodyIsABody() {
    assertEquals(List.of(""), texts("DO $$$$"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 'a'",
        "CREATE TYPE e AS ENUM ('a')",
        "CREATE VIEW v AS SELECT 'a'",
        "ALTER FUNCTION f() SET search_path = 'a'",
        "SELECT 'a'"
      })
  void otherStatementsHaveNone(String sql) {
    assertEquals(List.of(), texts(sql));
  }

  private static List<String> texts(String sql) {
    return RoutineBody.of(Sql.statement(sql)).stream().map(RoutineBody::text).toList();
  }
}
