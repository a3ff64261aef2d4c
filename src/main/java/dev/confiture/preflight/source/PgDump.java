package dev.confiture.preflight.source;

import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.source.LibpqEnvironment.PasswordFile;
import dev.confiture.preflight.source.Production.Dump;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.SourceText.Decoded;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dumps production with pg_dump: the schema, and the rows of the data tables by a second run. */
final class PgDump {

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  private final Production.Request request;
  private final Deadline deadline;
  private final Production production;
  private Optional<String> snapshot;
  private boolean withOptions = true;

  PgDump(
      Production.Request request,
      Deadline deadline,
      Optional<String> snapshot,
      Production production) {
    this.request = request;
    this.deadline = deadline;
    this.snapshot = snapshot;
    this.production = production;
  }

  Dump dump(Facts facts) {
    PgDumpProgram program =
        PgDumpProgram.find(production.version().major(), request.binaries(), request.environment());
    long start = System.nanoTime();
    Optional<String> first = snapshot;
    try (PasswordFile password = PasswordFile.write(request.url().password().orElse(""))) {
      String schema = text(run(program, password, schemaOnly()));
      String rows = request.dataTables().isEmpty() ? "" : text(run(program, password, dataOnly()));
      long millis = (System.nanoTime() - start) / 1_000_000;
      String all =
          GlobalObjects.of(facts) + DumpSecrets.removed(SourceText.of(schema)) + "\n" + rows;
      return new Dump(
          new SchemaText(
              request.url().redacted(),
              Script.of(SourceText.of(all)),
              Optional.of(facts.version().text()),
              Optional.of(program.version()),
              Optional.of(facts.database()),
              facts.undumped()),
          program.version(),
          millis,
          warnings(facts, first.isPresent() && snapshot.isEmpty()));
    } catch (IOException refused) {
      throw new SourceProblem(
          "running " + program.path() + ": " + refused.getMessage(),
          "see that it may be run, and that the folder for temporary files can be written",
          refused);
    }
  }

  private static List<String> warnings(Facts facts, boolean snapshotLost) {
    List<String> warnings =
        new ArrayList<>(snapshotLost ? List.of(Production.SNAPSHOT_WARNING) : List.of());
    List<String> secrets = GlobalObjects.secrets(facts);
    if (!secrets.isEmpty()) {
      warnings.add(
          "settings of production are left out, since their names tell of secrets: "
              + String.join(", ", secrets));
    }
    return warnings;
  }

  private List<String> schemaOnly() {
    List<String> arguments =
        new ArrayList<>(List.of("--schema-only", "--no-subscriptions", "--no-tablespaces"));
    request.excludeSchemas().forEach(name -> arguments.add("--exclude-schema=" + name));
    return arguments;
  }

  private List<String> dataOnly() {
    List<String> arguments = new ArrayList<>(List.of("--data-only", "--strict-names"));
    request.dataTables().forEach(name -> arguments.add("--table=" + name));
    return arguments;
  }

  /**
   * Runs pg_dump, again without what a pooler refuses: start-up options, or the snapshot of another
   * server than the one that it leads to.
   */
  private Decoded run(PgDumpProgram program, PasswordFile password, List<String> what)
      throws IOException {
    PgDumpProgram.Run run = start(program, password, what);
    if (!run.isComplete() && run.reports("unsupported startup parameter")) {
      withOptions = false;
      run = start(program, password, what);
    }
    if (!run.isComplete() && snapshot.isPresent() && run.reports("SET TRANSACTION SNAPSHOT")) {
      snapshot = Optional.empty();
      run = start(program, password, what);
    }
    if (!run.isComplete()) {
      throw problem(run);
    }
    return run.out();
  }

  private PgDumpProgram.Run start(PgDumpProgram program, PasswordFile password, List<String> what)
      throws IOException {
    return PgDumpProgram.Run.of(
        program, arguments(what), variables(password), deadline, production::running);
  }

  private List<String> arguments(List<String> what) {
    List<String> arguments = new ArrayList<>(what);
    arguments.add("--lock-wait-timeout=" + deadline.atMost(LOCK_TIMEOUT));
    snapshot.ifPresent(id -> arguments.add("--snapshot=" + id));
    arguments.addAll(List.of("--no-password", "--encoding=UTF8", "--verbose"));
    return arguments;
  }

  private Map<String, String> variables(PasswordFile password) {
    Map<String, String> variables = new LinkedHashMap<>(LibpqEnvironment.of(request.url()));
    if (request.url().password().isPresent()) {
      variables.put("PGPASSFILE", password.path().toString());
    }
    if (withOptions) {
      String given = request.url().get("options").map(options -> options + " ").orElse("");
      variables.put("PGOPTIONS", given + "-c default_transaction_read_only=on");
    }
    return variables;
  }

  private SourceProblem problem(PgDumpProgram.Run run) {
    if (deadline.hasPassed()) {
      return production.overdue("pg_dump was " + run.lastStep());
    }
    MissingPrivileges missing = production.missing();
    if (!missing.tables().isEmpty()) {
      return new SourceProblem(
          "dumping "
              + request.url().redacted()
              + ": the user "
              + production.user()
              + " may not read "
              + missing.text(),
          "let the user read them: "
              + missing.grants(production.version().major(), production.user())
              + "; or leave their schemas out with --exclude-schemas");
    }
    return new SourceProblem(
        "dumping " + request.url().redacted() + ": " + run.errorText(),
        run.reports("LOCK TABLE")
            ? "another session holds a lock on a table, perhaps a deployment: try again after it"
            : "see whether pg_dump --schema-only does it by hand as the same user");
  }

  private String text(Decoded dump) {
    return switch (dump) {
      case Decoded.Decodable(SourceText text) -> text.text();
      case Decoded.Undecodable undecodable ->
          throw new SourceProblem(
              "the dump of "
                  + request.url().redacted()
                  + " is not UTF-8: line "
                  + undecodable.line(),
              "see whether the encoding of the database is SQL_ASCII; dump it by hand and name the"
                  + " file with --schema-file");
    };
  }
}
