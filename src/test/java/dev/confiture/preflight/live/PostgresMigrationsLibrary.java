package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** postgres-migrations, which has no program that migrates. */
final class PostgresMigrationsLibrary implements LiveTool {

  private static final String MIGRATE =
      """
      const { Client } = require("pg");
      const { migrate } = require("postgres-migrations");
      const [, url, folder] = process.argv;
      const client = new Client(url);
      client
        .connect()
        .then(() => migrate({ client }, folder))
        .catch((refused) => {
          console.error(refused);
          process.exitCode = 1;
        })
        .finally(() => client.end());
      """;

  private final NpmPackage library = new NpmPackage("postgres-migrations");

  @Override
  public String id() {
    return library.name();
  }

  @Override
  public Optional<String> missing() {
    return library.missing();
  }

  /** Its first row is that of the table itself. */
  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger("public.migrations", "SELECT id FROM public.migrations WHERE id > 0"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(
          folder.resolve(number + "_step" + number + ".sql"),
          (file.outsideTransaction() ? "-- postgres-migrations disable-transaction\n" : "")
              + file.sql());
    }
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    return library.call(MIGRATE, List.of(LiveTools.url(database), folder.toString()));
  }
}
