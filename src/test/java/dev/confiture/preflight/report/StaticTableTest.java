package dev.confiture.preflight.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.StaticCheck.CheckedMigration;
import dev.confiture.preflight.migrations.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StaticTableTest {

  private static final Look UNICODE = new Look(false, true);
  private static final Look ASCII = new Look(false, false);

  /** With everything that can be wrong. */
  private static final StaticCheck UNSAFE =
      new StaticCheck(
          new Tool.Choice("confiture", "0.9.4", "files named *.up.sql"),
          true,
          List.of(
              Runs.checked("001", "create_users", true),
              Runs.checked("001", "create_orders", true),
              Runs.checked("002", "idx", false, "CREATE INDEX CONCURRENTLY: idx_foo", "VACUUM"),
              new CheckedMigration(
                  Runs.checked("003", "no_text", true).file(),
                  true,
                  List.of(),
                  Optional.empty(),
                  Optional.of("003_no_text.up.sql:7:1: the file is not UTF-8: byte 0xE9"))),
          Map.of("001", List.of("001_create_orders.up.sql", "001_create_users.up.sql")),
          List.of("002_idx: expected 0123456789ab..., got b4e0497804e4..."),
          true,
          List.of("stray.sql"),
          List.of("a sentence"));

  @Test
  void saysOfEachFileAndThenOfAllWhatStandsInTheWay() {
    assertEquals(
        """
        Pre-flight Check

          Version  Name           Reversible  Transactional
          001      create_users   ✓           ✓
          001      create_orders  ✓           ✓
          002      idx            ✗           ✗ CREATE INDEX CONCURRENTLY: idx_foo; VACUUM
          003      no_text        ✓           ✗ unreadable

        Summary: 4 migrations checked, tool confiture (files named *.up.sql)
          ✗ 1 irreversible (missing .down.sql)
          ✗ 2 non-transactional statements
          ✗ 1 duplicate version
              001 (001_create_orders.up.sql, 001_create_users.up.sql)
          ✗ 1 checksum mismatch
              002_idx: expected 0123456789ab..., got b4e0497804e4...
          ✗ 1 unreadable file
              003_no_text.up.sql:7:1: the file is not UTF-8: byte 0xE9
          → Not safe to deploy with rollback guarantee

        note: a sentence
        note: not migrations, ignored: stray.sql

        Only the files were read: --schema-file or --against rehearses the migrations as well.
        """,
        TableReport.write(UNSAFE, UNICODE));
  }

  @Test
  void saysThatSafeFilesAreSafe() {
    assertEquals(
        """
        Pre-flight Check

          Version         Name        Reversible  Transactional
          20260401000001  create_foo  ✓           ✓

        Summary: 1 migration checked, tool confiture (as named)
          ✓ All reversible (down files were not executed)
          ✓ All transactional
          ✓ No duplicate versions
          ✓ Checksums verified
          → Safe to deploy

        Only the files were read: --schema-file or --against rehearses the migrations as well.
        """,
        TableReport.write(
            safe("confiture", true, Runs.checked("20260401000001", "create_foo", true)), UNICODE));
  }

  @Test
  void plainNeedsNoDownFile() {
    String text =
        TableReport.write(
            safe("plain", false, Runs.checked("1", "a", false), Runs.checked("2", "b", true)),
            UNICODE);
    assertTrue(
        text.contains(
            """
              1        a     –           ✓
              2        b     ✓           ✓
            """),
        text);
    assertTrue(text.contains("\n  – 1 without a down file, which plain does not need\n"), text);
    assertTrue(text.contains("\n  → Safe to deploy\n"), text);
  }

  @Test
  void staysWithinAsciiWhereTheTerminalDoes() {
    String text = TableReport.write(UNSAFE, ASCII);
    assertTrue(text.chars().allMatch(c -> c < 0x80), text);
    assertTrue(
        text.contains(
            "  001      create_orders  ok          ok\n"
                + "  002      idx            no          no CREATE INDEX CONCURRENTLY: idx_foo"),
        text);
    assertTrue(text.contains("\n  -> Not safe to deploy"), text);
  }

  @Test
  void coloursOnlyWhereWanted() {
    assertFalse(TableReport.write(UNSAFE, UNICODE).contains("\u001b"));
    assertTrue(
        TableReport.write(UNSAFE, new Look(true, true))
            .contains("\u001b[31m→ Not safe to deploy with rollback guarantee\u001b[0m"));
  }

  @Test
  void letsNoControlCharacterThrough() {
    String evil = "\u001b[2J";
    String text =
        TableReport.write(
            safe("confiture", true, Runs.checked(evil, evil, true, "VACUUM" + evil)), UNICODE);
    assertFalse(text.contains("\u001b"), text);
    assertTrue(text.contains("VACUUM\\u001b[2J"), text);
  }

  private static StaticCheck safe(String convention, boolean needsDown, CheckedMigration... files) {
    return new StaticCheck(
        new Tool.Choice(convention, "1", "as named"),
        needsDown,
        List.of(files),
        Map.of(),
        List.of(),
        convention.equals("confiture"),
        List.of(),
        List.of());
  }
}
