package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.confiture.Confiture;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.ServerErrors;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.verdict.SandboxLimits.MissingHelper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it is confiture's view helpers that a migration lacks. */
final class MissingHelperTest {

  private static final MissingHelper HELPER =
      new MissingHelper(new Confiture().helpers().orElseThrow());

  private static final String CALL = "SELECT confiture.recreate_saved_views()";
  private static final String NO_SCHEMA = "schema \"confiture\" does not exist";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3F000|schema \"confiture\" does not exist|SELECT confiture.recreate_saved_views()",
        "3F000|schema \"confiture\" does not exist|"
            + "SELECT \"confiture\".save_and_drop_dependent_views(ARRAY['a'])",
        "42883|function confiture.save_and_drop_dependent_views(text[]) does not exist|SELECT 1",
        "42883|function confiture.recreate_saved_views() does not exist|SELECT 1",
        "42P01|relation \"confiture.saved_views\" does not exist|SELECT 1"
      })
  void theToolMakesThem(String code, String message, String statement) {
    assertEquals(1, HELPER.reason(failure(code, message, statement), List.of()).stream().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3F000|schema \"confiture\" does not exist|CREATE TABLE confiture.t (id int)",
        "3F000|schema \"app\" does not exist|SELECT app.recreate_saved_views()",
        "42883|function confiture.other() does not exist|SELECT confiture.other()",
        "42883|function recreate_saved_views() does not exist|SELECT recreate_saved_views()",
        "42P01|relation \"confiture.saved_views_of_ours\" does not exist|SELECT 1",
        "42P07|relation \"confiture.saved_views\" already exists|SELECT 1"
      })
  void theTeamMakesThese(String code, String message, String statement) {
    assertEquals(Optional.empty(), HELPER.reason(failure(code, message, statement), List.of()));
  }

  @Test
  void aCallInADoBlockCountsToo() {
    Failure failure =
        new Failure(
            Failure.Source.SERVER,
            ServerErrors.of("3F000", NO_SCHEMA).within(CALL, "a DO block"),
            place(),
            Optional.empty(),
            Evidence.NONE);
    assertEquals(1, HELPER.reason(failure, List.of()).stream().count());
  }

  /** Where the helper was called, the views would not be in the way. */
  @Test
  void viewsThatWereNotPutAsideFollowFromIt() {
    Failure missing = failure("3F000", NO_SCHEMA, CALL);
    Failure type =
        failure(
            ServerErrors.withDetail(
                "0A000",
                "cannot alter type of a column used by a view or rule",
                "rule _RETURN on view v depends on column \"name\""),
            "SELECT 1");
    assertEquals(Optional.empty(), HELPER.reason(type, List.of(type)));
    assertEquals(1, HELPER.reason(type, List.of(missing, type)).stream().count());
    Failure other = failure("0A000", "cannot alter type of a column twice", "SELECT 1");
    assertEquals(Optional.empty(), HELPER.reason(other, List.of(missing, other)));
  }

  private static Failure failure(String code, String message, String sql) {
    return failure(ServerErrors.of(code, message), sql);
  }

  private static Failure failure(ServerError error, String sql) {
    return new Failure(
        Failure.Source.SERVER,
        error,
        place(),
        Optional.of(
            new StatementPlace(
                1, 1, Script.of(SourceText.of(sql)).statements().getFirst(), Optional.empty())),
        Evidence.NONE);
  }

  private static Place place() {
    return new Place(new Position(1, 1), new Position(1, 2), Place.FoundBy.NAME);
  }
}
