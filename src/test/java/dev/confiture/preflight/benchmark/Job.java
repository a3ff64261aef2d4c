package dev.confiture.preflight.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A whole rehearsal: a schema to restore and files to run on it, in a database that is then
 * dropped.
 *
 * @param dump the schema
 * @param files the migrations, in their order
 */
record Job(Path dump, List<Path> files) {

  private static final String DATABASE = "by_script";

  /**
   * Writes one.
   *
   * @param folder where to, new
   * @param schemas the schemas, each with so many tables
   * @param rows whether the files also write rows
   */
  static Job in(Path folder, int schemas, int tables, int files, boolean rows) throws IOException {
    Files.createDirectories(folder.resolve("migrations"));
    List<Path> written = new ArrayList<>();
    for (int i = 1; i <= files; i++) {
      String table =
          "tenant_%d.tab_%d".formatted(i % Math.min(10, schemas), i % Math.min(50, tables));
      String sql =
          "ALTER TABLE %1$s ADD COLUMN c%2$d text;\nCREATE INDEX i%2$d ON %1$s (c%2$d);\n"
              .formatted(table, i);
      written.add(
          Files.writeString(
              folder.resolve("migrations").resolve(String.format(Locale.ROOT, "%04d_m.sql", i)),
              rows ? sql + "UPDATE %s SET c%d = 'x' WHERE id < 100;\n".formatted(table, i) : sql));
    }
    return new Job(
        Files.writeString(folder.resolve("dump.sql"), Dump.of(schemas, tables)), written);
  }

  /** Writes a history that begins with an empty database: each file makes a table or alters one. */
  static Job fromEmpty(Path folder, int files) throws IOException {
    Files.createDirectories(folder.resolve("migrations"));
    List<Path> written = new ArrayList<>();
    for (int i = 1; i <= files; i++) {
      int table = (i + 1) / 2;
      String sql =
          i % 2 == 1
              ? """
                CREATE TABLE t%1$d (id int PRIMARY KEY, name text NOT NULL, ref int %2$s);
                CREATE INDEX t%1$d_name ON t%1$d (name);
                COMMENT ON TABLE t%1$d IS 'of file %3$d';
                """
                  .formatted(table, table > 1 ? "REFERENCES t" + (table - 1) : "", i)
              : """
                ALTER TABLE t%1$d ADD COLUMN made timestamptz DEFAULT now();
                INSERT INTO t%1$d (id, name) VALUES (1, 'one');
                CREATE FUNCTION f%1$d() RETURNS trigger LANGUAGE plpgsql
                  AS $$ BEGIN RETURN NEW; END $$;
                CREATE TRIGGER touched BEFORE UPDATE ON t%1$d
                  FOR EACH ROW EXECUTE FUNCTION f%1$d();
                """
                  .formatted(table);
      written.add(
          Files.writeString(
              folder.resolve("migrations").resolve(String.format(Locale.ROOT, "%04d_m.sql", i)),
              sql));
    }
    return new Job(Files.writeString(folder.resolve("dump.sql"), "SELECT 1;\n"), written);
  }

  /** The program's command line for a history that begins with an empty database. */
  List<String> rehearsedFromEmpty(String preflight, BenchServer server) {
    return List.of(
        preflight,
        "--from-empty",
        "--migrations-dir",
        String.valueOf(files.getFirst().getParent()),
        "--against",
        server.url("postgres"));
  }

  /** The program's command line. */
  List<String> rehearsed(String preflight, BenchServer server) {
    return List.of(
        preflight,
        "--schema-file",
        dump.toString(),
        "--migrations-dir",
        String.valueOf(files.getFirst().getParent()),
        "--since",
        "0001",
        "--against",
        server.url("postgres"));
  }

  /** A shell script that does the same: a psql for each file, one transaction a file. */
  List<String> byScript(BenchServer server) throws IOException {
    String psql = server.psql() + " -Xq -d ";
    String inDatabase = psql + server.url(DATABASE) + " ";
    StringBuilder script =
        new StringBuilder("set -e\n" + psql + server.url("postgres"))
            .append(" -c 'CREATE DATABASE " + DATABASE + "'\n")
            .append(inDatabase + "-f " + dump + " >/dev/null\n");
    files.forEach(file -> script.append(inDatabase + "-1 -f " + file + "\n"));
    script.append(psql + server.url("postgres") + " -c 'DROP DATABASE " + DATABASE + "'\n");
    return List.of("sh", write("script", script));
  }

  /** One psql session that does all of it, statement by statement. */
  List<String> inOneSession(BenchServer server) throws IOException {
    StringBuilder script =
        new StringBuilder("CREATE DATABASE " + DATABASE + ";\n\\connect " + DATABASE + "\n")
            .append("\\i " + dump + "\n");
    files.forEach(file -> script.append("\\i " + file + "\n"));
    script.append("\\connect postgres\nDROP DATABASE " + DATABASE + ";\n");
    return List.of(
        server.psql(),
        "-Xq",
        "-o",
        "/dev/null",
        "-f",
        write("session.sql", script),
        server.url("postgres"));
  }

  private String write(String name, StringBuilder text) throws IOException {
    return Files.writeString(dump.resolveSibling(name), text).toString();
  }
}
