package dev.confiture.preflight.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long the program takes, as a ratio to psql doing the same work in the same run.
 *
 * <p>{@code ./mvnw -q -Pbench verify}; needs PostgreSQL's server and client programs.
 */
final class Benchmark {

  private static final int RUNS = 5;

  private final String preflight;
  private final BenchServer server;
  private final Path folder;
  private final PrintStream out;

  private Benchmark(String preflight, BenchServer server, Path folder, PrintStream out) {
    this.preflight = preflight;
    this.server = server;
    this.folder = folder;
    this.out = out;
  }

  /** With the launcher's path. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("preflight-benchmark");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (BenchServer server = BenchServer.start()) {
      new Benchmark(arguments[0], server, folder, out).run();
    } finally {
      Run.checked(List.of("rm", "-rf", folder.toString()));
    }
  }

  private void run() throws IOException, InterruptedException {
    psql("postgres", "CREATE DATABASE empty");
    psql("postgres", "CREATE DATABASE large");
    out.println("| what | preflight | psql | ratio |");
    out.println("|---|---:|---:|---:|");
    startUp();
    smallMigrations();
    oneLargeFile();
    restore();
  }

  private void startUp() throws IOException, InterruptedException {
    Path migrations = Files.createDirectory(folder.resolve("one"));
    Files.writeString(migrations.resolve("001_one.sql"), "SELECT 1;\n");
    long[] medians =
        Run.medians(
            RUNS,
            List.of(
                List.of(preflight, "--version"),
                List.of(
                    preflight,
                    "--against",
                    server.url("empty"),
                    "--migrations-dir",
                    migrations.toString()),
                List.of("psql", "-q", "-c", "SELECT 1", server.url("empty"))));
    row("start: --version", medians[0], medians[2]);
    row("start: one migration, clone included", medians[1], medians[2]);
  }

  private void smallMigrations() throws IOException, InterruptedException {
    Path plain = Files.createDirectory(folder.resolve("plain"));
    Path confiture = Files.createDirectory(folder.resolve("confiture"));
    StringBuilder savepoints = new StringBuilder("BEGIN;\n");
    StringBuilder sessions = new StringBuilder("CREATE DATABASE migrated;\n");
    for (int i = 1; i <= 200; i++) {
      String name = String.format(Locale.ROOT, "%04d_t%d", i, i);
      String sql =
          "CREATE TABLE t%d (id bigserial PRIMARY KEY, name text, at timestamptz);\n".formatted(i)
              + "CREATE INDEX t%d_name ON t%d (name);\n".formatted(i, i);
      Path file = Files.writeString(plain.resolve(name + ".sql"), sql);
      Files.writeString(confiture.resolve(name + ".up.sql"), sql);
      Files.writeString(confiture.resolve(name + ".down.sql"), "");
      savepoints.append("SAVEPOINT s").append(i).append(";\n\\i ").append(file).append('\n');
      savepoints.append("RELEASE s").append(i).append(";\n");
      sessions.append("\\connect migrated\n\\i ").append(file).append('\n');
    }
    Path oneSession =
        Files.writeString(folder.resolve("savepoints.sql"), savepoints + "ROLLBACK;\n");
    sessions.append("\\connect empty\nDROP DATABASE migrated;\n");
    Path oneSessionEach = Files.writeString(folder.resolve("sessions.sql"), sessions);
    long[] medians =
        Run.medians(
            RUNS,
            List.of(
                against("empty", confiture),
                against("empty", plain),
                List.of("psql", "-q", "-f", oneSession.toString(), server.url("empty")),
                List.of("psql", "-q", "-f", oneSessionEach.toString(), server.url("empty"))));
    row("200 small migrations, confiture, whole process", medians[0], medians[2]);
    row("200 small migrations, plain, whole process", medians[1], medians[3]);
    out.println(
        "| peak memory of the same, confiture | "
            + Run.peakMebibytes(against("empty", confiture))
            + " MiB | | |");
  }

  private void oneLargeFile() throws IOException, InterruptedException {
    Path migrations = Files.createDirectory(folder.resolve("large"));
    StringBuilder sql = new StringBuilder("CREATE TABLE big (id int, note text);\n");
    for (int i = 1; i < 5000; i++) {
      sql.append("INSERT INTO big VALUES (").append(i).append(", 'row');\n");
    }
    Path file = Files.writeString(migrations.resolve("0001_big.sql"), sql);
    long[] medians =
        Run.medians(
            RUNS,
            List.of(
                against("empty", migrations),
                List.of(
                    "psql",
                    "-q",
                    "-c",
                    "BEGIN",
                    "-f",
                    file.toString(),
                    "-c",
                    "ROLLBACK",
                    server.url("empty"))));
    row("one file of 5,000 statements, whole process", medians[0], medians[1]);
  }

  private void restore() throws IOException, InterruptedException {
    Path dump = Files.writeString(folder.resolve("dump.sql"), LargeDump.of(3000));
    Path migrations = folder.resolve("one");
    List<String> restored =
        List.of(
            preflight,
            "--schema-file",
            dump.toString(),
            "--against",
            server.url("postgres"),
            "--migrations-dir",
            migrations.toString(),
            "--format",
            "json",
            "--output",
            folder.resolve("report.json").toString());
    long[] ours = new long[3];
    long[] theirs = new long[3];
    for (int i = 0; i < ours.length; i++) {
      Run.millis(restored);
      ours[i] = restoreMillis(Files.readString(folder.resolve("report.json")));
      psql("postgres", "CREATE DATABASE restored");
      theirs[i] = Run.millis(List.of("psql", "-q", "-f", dump.toString(), server.url("restored")));
      psql("postgres", "DROP DATABASE restored");
    }
    java.util.Arrays.sort(ours);
    java.util.Arrays.sort(theirs);
    row("restoring a dump of 3,000 tables", ours[1], theirs[1]);
    Run.millis(List.of("psql", "-q", "-f", dump.toString(), server.url("large")));
    long[] medians =
        Run.medians(
            3,
            List.of(
                against("large", migrations),
                List.of(
                    "psql",
                    "-q",
                    "-c",
                    "CREATE DATABASE copied TEMPLATE large",
                    "-c",
                    "DROP DATABASE copied",
                    server.url("postgres"))));
    row("one migration on a clone of 3,000 tables, whole process", medians[0], medians[1]);
    out.println(
        "| peak memory while restoring 3,000 tables | "
            + Run.peakMebibytes(restored)
            + " MiB | | |");
  }

  private List<String> against(String database, Path migrations) {
    return List.of(
        preflight, "--against", server.url(database), "--migrations-dir", migrations.toString());
  }

  private static long restoreMillis(String json) {
    String key = "\"restore_ms\": ";
    int start = json.indexOf(key) + key.length();
    int end = start;
    while (Character.isDigit(json.charAt(end))) {
      end++;
    }
    return Long.parseLong(json.substring(start, end));
  }

  private void psql(String database, String sql) throws IOException, InterruptedException {
    Run.checked(List.of("psql", "-q", "-c", sql, server.url(database)));
  }

  private void row(String what, long ours, long theirs) {
    out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d ms | %d ms | %.2f |",
            what,
            ours,
            theirs,
            (double) ours / Math.max(1, theirs)));
  }
}
