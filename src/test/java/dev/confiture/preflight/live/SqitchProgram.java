package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Sqitch, which runs psql. */
final class SqitchProgram implements LiveTool {

  @Override
  public String id() {
    return "sqitch";
  }

  @Override
  public Optional<String> missing() {
    return Program.missing("sqitch", "psql");
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(new Ledger("sqitch.changes", "SELECT change FROM sqitch.changes"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    Path deploy = Files.createDirectory(folder.resolve("deploy"));
    Path revert = Files.createDirectory(folder.resolve("revert"));
    StringBuilder plan = new StringBuilder("%syntax-version=1.0.0\n%project=small\n\n");
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      String change = "step" + number;
      Files.writeString(deploy.resolve(change + ".sql"), file.sql());
      Files.writeString(revert.resolve(change + ".sql"), "SELECT 1;\n");
      plan.append(change)
          .append(" 2024-01-01T00:00:0")
          .append(number)
          .append("Z Dev <dev@example.org> # step\n");
    }
    Files.writeString(folder.resolve("sqitch.plan"), plan);
    Files.writeString(
        folder.resolve("sqitch.conf"),
        "[core]\n\tengine = pg\n[user]\n\tname = Dev\n\temail = dev@example.org\n");
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    return Program.run(
        folder,
        List.of(
            "sqitch",
            "deploy",
            "--no-verify",
            LiveTools.url(database).replaceFirst("postgresql", "db:pg")));
  }
}
