package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.StatementPlace;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * confiture's view helpers: functions that put dependent views aside while a column changes. {@code
 * migrate up} installs them in its schema where an environment's configuration lets it, so that a
 * database may lack what the deployment will find.
 */
final class MissingHelper {

  private static final String SCHEMA = "confiture";

  private static final Set<String> HELPERS =
      Set.of("save_and_drop_dependent_views", "recreate_saved_views", "saved_views");

  private static final String REASON =
      "it needs confiture's view helpers, which the tool installs in its environment and which are"
          + " missing here: not the migration's fault";

  private static final String USED_BY_VIEW = "cannot alter type of a column used by a view or rule";

  private MissingHelper() {}

  /**
   * The reason, as a sentence.
   *
   * @param ofFile all failures of the failure's file: views that were not put aside are in the way
   *     of its other statements
   */
  static Optional<String> of(Failure failure, List<Failure> ofFile) {
    boolean follows =
        isInTheWay(failure.error()) && ofFile.stream().anyMatch(MissingHelper::isMissing);
    return follows || isMissing(failure) ? Optional.of(REASON) : Optional.empty();
  }

  private static boolean isMissing(Failure failure) {
    ServerError error = failure.error();
    String message = error.message();
    if (error.is(SqlState.INVALID_SCHEMA_NAME)) {
      return message.contains('"' + SCHEMA + '"') && running(failure).anyMatch(MissingHelper::uses);
    }
    return error.saysUndefined()
        && HELPERS.stream()
            .map(helper -> SCHEMA + "." + helper)
            .anyMatch(
                name ->
                    message.startsWith("function " + name + "(")
                        || message.startsWith("relation \"" + name + '"'));
  }

  /** The statement, or the command of a function or DO block in it. */
  private static Stream<Statement> running(Failure failure) {
    return Stream.concat(
        failure.statement().map(StatementPlace::statement).stream(),
        failure.error().innerCommand().stream()
            .flatMap(command -> Script.of(SourceText.of(command)).statements().stream()));
  }

  private static boolean uses(Statement statement) {
    return statement.tokens().stream()
        .anyMatch(token -> token.isIdentifier() && HELPERS.contains(token.identifier()));
  }

  private static boolean isInTheWay(ServerError error) {
    return (error.is(SqlState.FEATURE_NOT_SUPPORTED) && error.message().startsWith(USED_BY_VIEW))
        || (error.is(SqlState.DEPENDENT_OBJECTS_STILL_EXIST)
            && error.detail().filter(detail -> detail.contains("view ")).isPresent());
  }
}
