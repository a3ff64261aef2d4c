package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.postgres.QualifiedName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a tool records what it has applied. */
final class LedgerInsertTest {

  private final Path path;

  LedgerInsertTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void confitureWritesTheTableAsItIsConfiguredAndTheChecksumOfTheBytes() throws IOException {
    // printf 'SELECT 1;\n' | sha256sum
    assertEquals(
        "INSERT INTO \"tb_confiture\" (slug, version, name, execution_time_ms, checksum)"
            + " VALUES ('it''s_preflight_1', '1', 'it''s', 0,"
            + " 'b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd')",
        insert("1_it's.up.sql", "confiture", QualifiedName.of("tb_confiture")).orElse(""));
  }

  @Test
  void aTableInAnotherSchemaKeepsIt() throws IOException {
    assertEquals(
        Optional.of("INSERT INTO \"ops\".\"tb_confiture\" "),
        insert("1_a.up.sql", "confiture", QualifiedName.of("ops", "tb_confiture"))
            .map(sql -> sql.substring(0, sql.indexOf('('))));
  }

  @Test
  void plainRecordsNothing() throws IOException {
    assertEquals(
        Optional.empty(), insert("1_a.sql", "plain", QualifiedName.of("public", "versions")));
  }

  private Optional<String> insert(String name, String tool, QualifiedName table)
      throws IOException {
    MigrationFolder list = new Folder(path).holding(name, "SELECT 1;\n").list(tool);
    return list.tool()
        .execution(list.migrations().getFirst(), Optional.of(new Ledger(table, table)))
        .record()
        .after();
  }
}
