package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sql-migrate of rubenv. */
final class SqlMigrateProgram implements LiveTool {

  @Override
  public String id() {
    return "sql-migrate";
  }

  @Override
  public Optional<String> missing() {
    return Program.missing("sql-migrate");
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger("public.gorp_migrations", "SELECT id FROM public.gorp_migrations"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(
          folder.resolve(number + "_step.sql"),
          "-- +migrate Up"
              + (file.outsideTransaction() ? " notransaction" : "")
              + "\n"
              + (file.marked() ? marked(file.pieces()) : file.sql())
              + "\n-- +migrate Down\nSELECT 1;\n");
    }
  }

  private static String marked(List<String> pieces) {
    return pieces.stream()
        .map(piece -> "-- +migrate StatementBegin\n" + piece + "-- +migrate StatementEnd\n")
        .collect(Collectors.joining("\n"));
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    Path configuration = folder.resolveSibling("dbconfig.yml");
    Files.writeString(
        configuration,
        "development:\n  dialect: postgres\n  datasource: "
            + LiveTools.url(database)
            + "?sslmode=disable\n  dir: .\n");
    return Program.run(
        folder, List.of("sql-migrate", "up", "-config=" + configuration.toAbsolutePath()));
  }
}
