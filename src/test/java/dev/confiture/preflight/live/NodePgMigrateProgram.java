package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** node-pg-migrate: one transaction for all files, or one each, as a script of the project says. */
final class NodePgMigrateProgram implements LiveTool {

  private static final String EACH = "--no-single-transaction";

  private final NpmPackage program = new NpmPackage("node-pg-migrate");

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
    return Optional.of(new Ledger("public.pgmigrations", "SELECT name FROM public.pgmigrations"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(
          folder.resolve(number + "_step.sql"),
          file.marked()
              ? "-- Up Migration\n" + file.sql() + "\n-- Down Migration\nSELECT 1;\n"
              : file.sql());
    }
    if (history.files().getFirst().outsideTransaction()) {
      Files.writeString(
          project(folder), "{\"scripts\": {\"migrate\": \"" + id() + " up " + EACH + "\"}}\n");
    }
  }

  private static Path project(Path folder) {
    return folder.resolveSibling("package.json");
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    Path settings = folder.resolveSibling("database.json");
    Files.writeString(settings, "{\"db\": {\"url\": \"" + LiveTools.url(database) + "\"}}\n");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("up", "--migrations-dir", ".", "--config-file", settings.toString()));
    if (Files.exists(project(folder))) {
      arguments.add(EACH);
    }
    return program.run(folder, arguments);
  }
}
