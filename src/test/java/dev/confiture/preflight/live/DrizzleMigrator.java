package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The migrator of drizzle-orm, with the driver pg. */
final class DrizzleMigrator implements LiveTool {

  private static final long START = 1_700_000_000_000L;

  private static final String MIGRATE =
      """
      const { drizzle } = require("drizzle-orm/node-postgres");
      const { migrate } = require("drizzle-orm/node-postgres/migrator");
      const [, url, migrationsFolder] = process.argv;
      const db = drizzle(url);
      migrate(db, { migrationsFolder })
        .catch((refused) => {
          console.error(refused);
          process.exitCode = 1;
        })
        .finally(() => db.$client.end());
      """;

  private final NpmPackage library = new NpmPackage("drizzle-orm");

  @Override
  public String id() {
    return "drizzle";
  }

  @Override
  public Optional<String> missing() {
    return library.missing();
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger(
            "drizzle.__drizzle_migrations",
            "SELECT (created_at - " + START + ") || '_step' FROM drizzle.__drizzle_migrations"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(
          folder.resolve(number + "_step.sql"),
          file.marked() ? String.join("--> statement-breakpoint\n", file.pieces()) : file.sql());
    }
    String entries =
        IntStream.rangeClosed(1, number)
            .mapToObj(
                i ->
                    "{\"idx\": %d, \"version\": \"7\", \"when\": %d, \"tag\": \"%d_step\", \"breakpoints\": true}"
                        .formatted(i - 1, START + i, i))
            .collect(Collectors.joining(",\n"));
    Files.writeString(
        Files.createDirectory(folder.resolve("meta")).resolve("_journal.json"),
        "{\"version\": \"7\", \"dialect\": \"postgresql\", \"entries\": [\n" + entries + "]}\n");
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    return library.call(MIGRATE, List.of(LiveTools.url(database), folder.toString()));
  }
}
