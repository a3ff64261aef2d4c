package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A loop over psql, which stops at the first file that fails.
 *
 * @param id the name of the loop
 * @param options psql's options for it
 */
record PsqlLoop(String id, List<String> options) implements LiveTool {

  /** Returns a loop that sends each statement by itself. */
  static PsqlLoop autocommit() {
    return new PsqlLoop("psql", List.of());
  }

  /** Returns a loop with a transaction around each file. */
  static PsqlLoop singleTransactions() {
    return new PsqlLoop("psql-single", List.of("-1"));
  }

  @Override
  public Optional<String> missing() {
    return Program.missing("psql");
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.empty();
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      Files.writeString(folder.resolve(number + "_step.sql"), file.sql());
    }
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    StringBuilder output = new StringBuilder();
    for (String file : files(folder)) {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"));
      command.addAll(options);
      command.addAll(List.of("-f", file, LiveTools.url(database)));
      End end = Program.run(folder, command);
      output.append(end.output());
      if (!end.well()) {
        return new End(false, output.toString());
      }
    }
    return new End(true, output.toString());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.split("_", 2)[0])))
          .toList();
    }
  }
}
