package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** yoyo, which splits files by its own rule. */
final class YoyoProgram implements LiveTool {

  @Override
  public String id() {
    return "yoyo";
  }

  @Override
  public Optional<String> missing() {
    return Program.missing("yoyo");
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger("public._yoyo_migration", "SELECT migration_id FROM public._yoyo_migration"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(
          folder.resolve(number + ".step.sql"),
          (file.outsideTransaction() ? "-- transactional: false\n" : "") + file.sql());
    }
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    return Program.run(
        folder,
        List.of(
            "yoyo",
            "apply",
            "--batch",
            "--no-config-file",
            "--database",
            LiveTools.url(database),
            "."));
  }
}
