package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.StatementPlace;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recognises failures for want of an object that the team's tool installs itself, and that this
 * database lacks.
 */
final class MissingHelper {

  private final Tool.Helpers helpers;

  MissingHelper(Tool.Helpers helpers) {
    this.helpers = helpers;
  }

  /**
   * Returns the reason, as a sentence.
   *
   * @param ofFile all failures of the failure's file: views that were not put aside are in the way
   *     of its other statements
   */
  Optional<String> reason(Failure failure, List<Failure> ofFile) {
    boolean follows = isInTheWay(failure.error()) && ofFile.stream().anyMatch(this::isMissing);
    return follows || isMissing(failure) ? Optional.of(helpers.reason()) : Optional.empty();
  }

  private boolean isMissing(Failure failure) {
    ServerError error = failure.error();
    List<QualifiedName> named = MessageNames.names(error.message());
    if (error.is(SqlState.INVALID_SCHEMA_NAME)) {
      return named.contains(QualifiedName.of(helpers.schema()))
          && running(failure).anyMatch(this::uses);
    }
    return error.saysUndefined()
        && helpers.names().stream()
            .map(helper -> QualifiedName.of(helpers.schema(), helper))
            .anyMatch(named::contains);
  }

  /** Returns the statement, and the command of a function or DO block that it ran. */
  private static Stream<Statement> running(Failure failure) {
    return Stream.concat(
        failure.statement().map(StatementPlace::statement).stream(),
        failure.error().innerCommand().stream()
            .flatMap(command -> Script.of(SourceText.of(command)).statements().stream()));
  }

  private boolean uses(Statement statement) {
    return statement.tokens().stream()
        .anyMatch(token -> token.isIdentifier() && helpers.names().contains(token.identifier()));
  }

  /**
   * Returns true if a view keeps a table from being dropped or, as the detail says, a column from
   * being altered.
   */
  private static boolean isInTheWay(ServerError error) {
    return error.is(SqlState.DEPENDENT_OBJECTS_STILL_EXIST)
        || (error.is(SqlState.FEATURE_NOT_SUPPORTED) && error.detail().isPresent());
  }
}
