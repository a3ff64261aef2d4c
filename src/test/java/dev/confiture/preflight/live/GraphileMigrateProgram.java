package dev.confiture.preflight.live;

import dev.confiture.preflight.migrations.Digest;
import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** graphile-migrate, with the committed files that it writes itself. */
final class GraphileMigrateProgram implements LiveTool {

  private final NpmPackage program = new NpmPackage("graphile-migrate");

  @Override
  public String id() {
    return program.name();
  }

  @Override
  public Optional<String> missing() {
    return program.missing();
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger(
            "graphile_migrate.migrations",
            "SELECT replace(filename, '.sql', '') FROM graphile_migrate.migrations"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    Path committed = Files.createDirectory(folder.resolve("committed"));
    int number = 0;
    String previous = "";
    for (SmallHistory.File file : history.files()) {
      number++;
      String body =
          ((file.outsideTransaction() ? "--! no-transaction\n" : "") + file.sql()).strip() + "\n";
      String hash = "sha1:" + Digest.SHA_1.of(previous.isEmpty() ? body : previous + "\n" + body);
      Files.writeString(
          committed.resolve("%06d-step.sql".formatted(number)),
          "--! Previous: "
              + (previous.isEmpty() ? "-" : previous)
              + "\n--! Hash: "
              + hash
              + "\n--! Message: step\n\n"
              + body);
      previous = hash;
    }
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    Path settings = folder.resolveSibling(".gmrc");
    Files.writeString(
        settings,
        "{\"connectionString\": \""
            + LiveTools.url(database)
            + "\", \"migrationsFolder\": \""
            + folder
            + "\"}\n");
    return program.run(folder, List.of("migrate", "--config", settings.toString()));
  }
}
