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

  private static final int RUNS = 7;

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
    psql("postgres", "CREATE ROLE app");
    psql("postgres", "CREATE DATABASE empty");
    out.println("| what | preflight | psql | ratio |");
    out.println("|---|---:|---:|---:|");
    wholeJobs();
    ownCost();
    startUp();
    restore("3,000 plain tables", Dump.plain(10, 300));
    restore("500 tables with sequences, keys and indexes", Dump.of(10, 50));
    cloneOfManyTables();
  }

  /** Restore, run the files, drop: whole processes, on a server that is up. */
  private void wholeJobs() throws IOException, InterruptedException {
    wholeJob("40 tables, 20 files", Job.in(folder.resolve("40"), 2, 20, 20, false), RUNS);
    wholeJob("500 tables, 20 files", Job.in(folder.resolve("500"), 10, 50, 20, true), RUNS);
    Job many = Job.in(folder.resolve("500-200"), 10, 50, 200, true);
    wholeJob("500 tables, 200 files", many, RUNS);
    row(
        "the same against ONE psql session for all",
        Run.compared(RUNS, many.rehearsed(preflight, server), many.inOneSession(server)));
    Job history = Job.fromEmpty(folder.resolve("history"), 600);
    row(
        "a history of 600 files from empty against ONE psql session",
        Run.compared(
            RUNS, history.rehearsedFromEmpty(preflight, server), history.inOneSession(server)));
    wholeJob("15,000 tables, 20 files", Job.in(folder.resolve("15000"), 300, 50, 20, true), 3);
  }

  private void wholeJob(String what, Job job, int runs) throws IOException, InterruptedException {
    row(what, Run.compared(runs, job.rehearsed(preflight, server), job.byScript(server)));
  }

  /** What a file and a statement cost over what they cost in one psql session. */
  private void ownCost() throws IOException, InterruptedException {
    Job few = Job.in(folder.resolve("few"), 2, 20, 20, false);
    Job many = Job.in(folder.resolve("many"), 2, 20, 220, false);
    Run.Compared fewFiles =
        Run.compared(RUNS, few.rehearsed(preflight, server), few.inOneSession(server));
    Run.Compared manyFiles =
        Run.compared(RUNS, many.rehearsed(preflight, server), many.inOneSession(server));
    ownCost("a file of 2 statements more", fewFiles, manyFiles, 200);
    Run.Compared fewStatements = statements(1_000);
    Run.Compared manyStatements = statements(11_000);
    ownCost("a statement more in one file", fewStatements, manyStatements, 10_000);
    Job whole = Job.in(folder.resolve("memory"), 10, 50, 200, true);
    memory("500 tables, 200 files", whole.rehearsed(preflight, server));
  }

  private Run.Compared statements(int number) throws IOException, InterruptedException {
    Path migrations = Files.createDirectory(folder.resolve("statements-" + number));
    StringBuilder sql = new StringBuilder("CREATE TABLE big (id int, note text);\n");
    for (int i = 1; i < number; i++) {
      sql.append("INSERT INTO big VALUES (").append(i).append(", 'row');\n");
    }
    Path file = Files.writeString(migrations.resolve("0001_big.sql"), sql);
    return Run.compared(
        RUNS,
        against("empty", migrations),
        List.of(
            server.psql(),
            "-Xq",
            "-c",
            "BEGIN",
            "-f",
            file.toString(),
            "-c",
            "ROLLBACK",
            server.url("empty")));
  }

  private void ownCost(String what, Run.Compared few, Run.Compared many, int more) {
    out.println(
        String.format(
            Locale.ROOT,
            "| %s | %.3f ms | %.3f ms | +%.3f ms |",
            what,
            (double) (many.ours() - few.ours()) / more,
            (double) (many.theirs() - few.theirs()) / more,
            (double) (many.ours() - few.ours() - many.theirs() + few.theirs()) / more));
  }

  private void startUp() throws IOException, InterruptedException {
    Path migrations = Files.createDirectory(folder.resolve("one"));
    Files.writeString(migrations.resolve("001_one.sql"), "SELECT 1;\n");
    List<String> psql = List.of(server.psql(), "-Xq", "-c", "SELECT 1", server.url("empty"));
    row("start: --version", Run.compared(RUNS, List.of(preflight, "--version"), psql));
    row(
        "start: one migration, clone included",
        Run.compared(RUNS, against("empty", migrations), psql));
  }

  /** The restore alone, by the program's own clock. */
  private void restore(String what, String text) throws IOException, InterruptedException {
    Path dump = Files.writeString(folder.resolve("dump.sql"), text);
    Path report = folder.resolve("report.json");
    List<String> restored =
        List.of(
            preflight,
            "--schema-file",
            dump.toString(),
            "--against",
            server.url("postgres"),
            "--migrations-dir",
            folder.resolve("one").toString(),
            "--since",
            "001",
            "--format",
            "json",
            "--output",
            report.toString());
    long[] ours = new long[RUNS];
    long[] theirs = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      Run.millis(restored);
      ours[i] = restoreMillis(Files.readString(report));
      psql("postgres", "CREATE DATABASE restored");
      theirs[i] =
          Run.millis(List.of(server.psql(), "-Xq", "-f", dump.toString(), server.url("restored")));
      psql("postgres", "DROP DATABASE restored");
    }
    row("restoring " + what, Run.Compared.of(ours, theirs));
    memory("restoring " + what, restored);
  }

  private void cloneOfManyTables() throws IOException, InterruptedException {
    psql("postgres", "CREATE DATABASE large");
    Path dump = Files.writeString(folder.resolve("dump.sql"), Dump.of(10, 300));
    Run.millis(List.of(server.psql(), "-Xq", "-f", dump.toString(), server.url("large")));
    row(
        "one migration on a clone of 3,000 tables, whole process",
        Run.compared(
            3,
            against("large", folder.resolve("one")),
            List.of(
                server.psql(),
                "-Xq",
                "-c",
                "CREATE DATABASE copied TEMPLATE large",
                "-c",
                "DROP DATABASE copied",
                server.url("postgres"))));
  }

  private void memory(String what, List<String> command) throws IOException, InterruptedException {
    out.println("| peak memory: " + what + " | " + Run.peakMebibytes(command) + " MiB | | |");
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
    Run.checked(List.of(server.psql(), "-q", "-c", sql, server.url(database)));
  }

  private void row(String what, Run.Compared compared) {
    out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d ms | %d ms | %.2f |",
            what,
            compared.ours(),
            compared.theirs(),
            compared.ratio()));
  }
}
