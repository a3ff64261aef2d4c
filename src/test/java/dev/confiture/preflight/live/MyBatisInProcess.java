package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.commands.UpCommand;
import org.apache.ibatis.migration.options.SelectedOptions;
import org.apache.ibatis.migration.options.SelectedPaths;

/**
 * MyBatis Migrations, as a library: with the project's environment, which sends scripts as a whole
 * or line by line, in transactions or without.
 */
final class MyBatisInProcess implements LiveTool {

  private static final String END = "\n-- //@UNDO\nSELECT 1;\n";

  @Override
  public String id() {
    return "mybatis";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  /** What its bootstrap makes. */
  @Override
  public String before() {
    return """
    CREATE TABLE public.changelog (
      id numeric(20,0) NOT NULL PRIMARY KEY,
      applied_at varchar(25) NOT NULL,
      description varchar(255) NOT NULL);
    """;
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(new Ledger("public.changelog", "SELECT id FROM public.changelog"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(folder.resolve(number + "_step.sql"), "-- // step\n" + file.sql() + END);
    }
    SmallHistory.File first = history.files().getFirst();
    Files.createDirectory(environments(folder));
    Files.writeString(
        environment(folder),
        "send_full_script="
            + first.marked()
            + "\nauto_commit="
            + first.outsideTransaction()
            + "\n");
  }

  private static Path environments(Path folder) {
    return folder.resolveSibling("environments");
  }

  private static Path environment(Path folder) {
    return environments(folder).resolve("development.properties");
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    Files.writeString(
        environment(folder),
        "driver=org.postgresql.Driver\nurl="
            + LiveTools.jdbcUrl(database)
            + "\nusername="
            + database.user().orElseThrow()
            + "\npassword="
            + database.password().orElseThrow()
            + "\n",
        StandardOpenOption.APPEND);
    SelectedOptions options = new SelectedOptions();
    SelectedPaths paths = options.getPaths();
    paths.setScriptPath(folder.toFile());
    paths.setEnvPath(environments(folder).toFile());
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      UpCommand up = new UpCommand(options);
      up.setPrintStream(new PrintStream(output, true, StandardCharsets.UTF_8));
      up.execute();
      return new End(true, output.toString(StandardCharsets.UTF_8));
    } catch (MigrationException refused) {
      return new End(false, output.toString(StandardCharsets.UTF_8) + refused.getMessage());
    }
  }
}
