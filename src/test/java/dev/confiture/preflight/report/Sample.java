package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.ServerErrors;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A migration made up by hand: its text, and what is said to have happened to it. */
final class Sample {

  private final MigrationFile file;
  private final Script script;

  Sample(String folder, String version, String name, String sql) {
    this.file = new MigrationFile(version, name, Path.of(folder, version + "_" + name + ".up.sql"));
    this.script = Script.of(SourceText.of(sql));
  }

  /** An error of the server's that says no more than this. */
  static ServerError error(String code, String message) {
    return ServerErrors.of(code, message);
  }

  static ServerError error(String code, String message, String detail, String hint) {
    return ServerErrors.withDetail(code, message, detail, Optional.of(hint));
  }

  /** A failure of a statement (from 1), where a text stands first in it. */
  Failure failure(ServerError error, int statement, String at, Evidence evidence) {
    return failure(error, statement, at, Optional.empty(), evidence);
  }

  Failure failure(
      ServerError error,
      int statement,
      String at,
      Optional<StatementPlace.ActionPlace> action,
      Evidence evidence) {
    SourceText source = script.source();
    int from = script.statements().get(statement - 1).start();
    int start = source.text().indexOf(at, from);
    return new Failure(
        Failure.Source.SERVER,
        error,
        new Place(
            source.position(start),
            source.position(start + at.length()),
            Place.FoundBy.SERVER_POSITION),
        Optional.of(
            new StatementPlace(
                statement,
                script.statements().size(),
                script.statements().get(statement - 1),
                action)),
        evidence);
  }

  /** As the cause of a blocked migration, by the place of a text. */
  BlockedBy blocks(DatabaseObject object, String at) {
    Position position = script.source().position(script.source().text().indexOf(at));
    return new BlockedBy(file, position, Optional.of(object), false);
  }

  JudgedMigration passed(long millis, RunMode mode, Observation... observations) {
    return judged(
        new Outcome.Passed(Optional.empty()),
        millis,
        mode,
        List.of(observations),
        Optional.empty());
  }

  JudgedMigration failed(Failure failure, JudgedFailure... further) {
    return ended(new Outcome.Failed(failure, List.of(further)));
  }

  JudgedMigration blocked(Failure failure, BlockedBy by, JudgedFailure... further) {
    return ended(new Outcome.Blocked(failure, by, List.of(further)));
  }

  JudgedMigration unverified(Failure failure, String reason) {
    return ended(new Outcome.Unverified(failure, reason, List.of()));
  }

  JudgedMigration skipped(String reason) {
    return judged(new Outcome.Skipped(reason), 0, RunMode.NOT_SENT, List.of(), Optional.of(reason));
  }

  private JudgedMigration ended(Outcome outcome) {
    return judged(outcome, 3, RunMode.TRANSACTION, List.of(), Optional.empty());
  }

  private JudgedMigration judged(
      Outcome outcome,
      long millis,
      RunMode mode,
      List<Observation> observations,
      Optional<String> notRun) {
    boolean effect = outcome instanceof Outcome.Passed;
    return new JudgedMigration(
        new RehearsedMigration(
            new Migration(file, new MigrationText.Sql(script)),
            mode,
            millis,
            List.of(),
            effect ? List.of() : script.statements(),
            observations,
            notRun),
        outcome);
  }
}
