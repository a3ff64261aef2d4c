package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statement was run on PostgreSQL 15, with SHOW standard_conforming_strings after it. */
final class StandardConformingStringsTest {

  private final StandardConformingStrings backslashes = new StandardConformingStrings(false);

  @Test
  void settingIsOnAtFirst() {
    assertFalse(backslashes.escape());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET standard_conforming_strings = off",
        "set STANDARD_CONFORMING_STRINGS to OFF",
        "SET SESSION standard_conforming_strings TO 'off'",
        "SET LOCAL \"standard_conforming_strings\" = false",
        "SET standard_conforming_strings = 0",
        "SET standard_conforming_strings = no",
        "SET standard_conforming_strings = fals",
        "SET standard_conforming_strings = of",
        "SELECT set_config('standard_conforming_strings', 'off', false)",
        "SELECT 1, pg_catalog.set_config('Standard_Conforming_Strings', 'off', true)"
      })
  void statementTurnsItOff(String sql) {
    run(sql);
    assertTrue(backslashes.escape());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET standard_conforming_strings = on",
        "SET standard_conforming_strings TO DEFAULT",
        "SET standard_conforming_strings = 1",
        "SET standard_conforming_strings = 'yes'",
        "SET standard_conforming_strings = t",
        "SELECT set_config('standard_conforming_strings', 'on', false)",
        "RESET standard_conforming_strings",
        "RESET ALL",
        "DISCARD ALL"
      })
  void statementTurnsItOnAgain(String sql) {
    run("SET standard_conforming_strings = off");
    run(sql);
    assertFalse(backslashes.escape());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET escape_string_warning = off",
        "SET search_path = standard_conforming_strings, off",
        "SELECT 'standard_conforming_strings', 'off'",
        "SELECT current_setting('standard_conforming_strings') = 'off'",
        "SELECT set_config('escape_string_warning', 'off', false)",
        "SET standard_conforming_strings = o",
        "SHOW standard_conforming_strings",
        "UPDATE t SET standard_conforming_strings = off",
        "RESET escape_string_warning",
        "DISCARD TEMP"
      })
  void statementLeavesItAsItIs(String sql) {
    run(sql);
    assertFalse(backslashes.escape());
    run("SET standard_conforming_strings = off");
    run(sql);
    assertTrue(backslashes.escape());
  }

  @Test
  void scriptIsReadByTheSettingOfEachStatement() {
    Script script =
        Script.of(
            SourceText.of("SELECT '\\'; SET standard_conforming_strings = off; SELECT '\\';'"));
    assertEquals(
        List.of("SELECT '\\'", "SET standard_conforming_strings = off", "SELECT '\\';'"),
        script.statements().stream().map(Statement::text).toList());
  }

  private void run(String sql) {
    backslashes.after(Sql.statement(sql));
  }
}
