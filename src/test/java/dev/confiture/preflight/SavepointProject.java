package dev.confiture.preflight;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.verdict.JudgedMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of migrations and the database that they are rehearsed on, in savepoints.
 *
 * @param folder the migrations
 * @param url the database
 * @param allowed whether what cannot run in a transaction is run
 */
record SavepointProject(Path folder, ConnectionString url, boolean allowed) {

  SavepointProject(Path folder, ConnectionString url) {
    this(folder, url, false);
  }

  SavepointProject allowing() {
    return new SavepointProject(folder, url, true);
  }

  /** A confiture migration with its down file. */
  SavepointProject file(String base, String sql) throws IOException {
    Files.writeString(folder.resolve(base + ".up.sql"), sql);
    Files.writeString(folder.resolve(base + ".down.sql"), "SELECT 1;\n");
    return this;
  }

  /** A plain migration. */
  SavepointProject plain(String base, String sql) throws IOException {
    Files.writeString(folder.resolve(base + ".sql"), sql);
    return this;
  }

  Report rehearse() {
    return Preflight.rehearse(options());
  }

  Options options() {
    Options options = Options.of(folder).withAgainst(url);
    return options.with(
        new Options.Where(
            options.where().server(), Isolation.SAVEPOINT, allowed, Options.Role.FOUND));
  }

  /** The outcomes, in order. */
  static List<String> outcomes(Report report) {
    return report.migrations().stream()
        .map(JudgedMigration::outcome)
        .map(outcome -> outcome.word())
        .toList();
  }

  /** What a query gives in the database, its first column. */
  List<String> query(String sql) {
    try (Session session = Session.open(url)) {
      return session.query(sql).stream().map(row -> row.text(0)).toList();
    }
  }

  /** The user's relations in the database. */
  List<String> relations() {
    return query("SELECT relname FROM pg_class WHERE oid >= 16384 AND relkind <> 't' ORDER BY 1");
  }
}
