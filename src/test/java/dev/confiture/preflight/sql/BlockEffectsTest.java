package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Sql.effects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BlockEffectsTest {

  @Test
  void commandsOfABlockHaveTheirEffects() {
    assertEquals(
        List.of("+ RELATION a @a", "- RELATION b @b", "- RELATION c @c", "+ RELATION d @d"),
        effects(
            """
            DO $$
            BEGIN
              CREATE TABLE a AS SELECT 1;
              IF true THEN DROP TABLE b; ELSE DROP VIEW c; END IF;
              LOOP CREATE SEQUENCE d; END LOOP;
            END $$
            """));
  }

  @Test
  void wordsThatAreNoCommandsHaveNone() {
    assertEquals(
        List.of(),
        effects(
            """
            DO $$
            DECLARE drop text; /* DROP TABLE a; */
            BEGIN
              PERFORM 'x; DROP TABLE b;';
              EXECUTE format('DROP TABLE %I', c);
            END $$
            """));
  }

  @Test
  void bodyOfAFunctionIsNotRunByMakingIt() {
    assertEquals(
        List.of("+ FUNCTION f @f"),
        effects("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN DROP TABLE a; END'"));
  }
}
