package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Dbmate, which sends each block as a whole. */
final class DbmateProgram implements LiveTool {

  private final NpmPackage program = new NpmPackage("dbmate");

  @Override
  public String id() {
    return "dbmate";
  }

  @Override
  public Optional<String> missing() {
    return program.missing();
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger("public.schema_migrations", "SELECT version FROM public.schema_migrations"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(
          folder.resolve(number + "_step.sql"),
          "-- migrate:up"
              + (file.outsideTransaction() ? " transaction:false" : "")
              + "\n"
              + file.sql()
              + "\n-- migrate:down\nSELECT 1;\n");
    }
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    return program.run(
        folder,
        List.of(
            "--url",
            LiveTools.url(database) + "?sslmode=disable",
            "--migrations-dir",
            ".",
            "--no-dump-schema",
            "up"));
  }
}
