package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.FilePlace;
import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sidecar as confiture's loader takes it. */
final class SidecarTest {

  private static final QualifiedName USERS = QualifiedName.of("public", "users");
  private static final QualifiedName APP_USERS = QualifiedName.of("app", "users");

  private final Path file;

  SidecarTest(@TempDir Path folder) {
    this.file = folder.resolve("001_users.yaml");
  }

  @Test
  void everyTypeIsReadWithItsFieldsAndTheirDefaults() throws IOException {
    Sidecar sidecar =
        sidecar(
            """
            up_preconditions:
              - {type: TableExists, table: users}
              - {type: TableNotExists, table: users, schema: app}
              - {type: ColumnExists, table: users, column: email}
              - {type: ColumnNotExists, table: users, column: email, schema: app}
              - {type: ColumnType, table: users, column: id, expected_type: uuid}
              - {type: ConstraintExists, table: users, constraint: users_pkey}
              - {type: ConstraintNotExists, table: users, constraint: users_pkey}
              - {type: IndexExists, table: users, index: i}
              - {type: IndexNotExists, table: users, index: i}
              - {type: SchemaExists, schema: app}
              - {type: SchemaNotExists, schema: app}
              - type: ForeignKeyExists
                table: users
                column: team
                references_table: teams
                references_column: id
                references_schema: app
              - {type: RowCountEquals, table: users, expected_count: 5}
              - {type: RowCountGreaterThan, table: users, min_count: 0}
              - {type: TableIsEmpty, table: users}
              - {type: CustomSQL, sql: SELECT true, description: Nothing}
              - {type: CustomSQL, sql: SELECT %s, description: Given, params: [true]}
            """);
    assertEquals(List.of(), sidecar.mistakes());
    assertEquals(
        List.of(
            Demand.table(true, USERS),
            Demand.table(false, APP_USERS),
            Demand.column(true, USERS, "email"),
            Demand.column(false, APP_USERS, "email"),
            new Demand.ColumnType(USERS, "id", "uuid"),
            Demand.constraint(true, USERS, "users_pkey"),
            Demand.constraint(false, USERS, "users_pkey"),
            Demand.index(true, USERS, "i"),
            Demand.index(false, USERS, "i"),
            Demand.schema(true, "app"),
            Demand.schema(false, "app"),
            new Demand.ForeignKey(USERS, "team", QualifiedName.of("app", "teams"), "id"),
            new Demand.RowCount(USERS, new Demand.RowTest.Equal(5)),
            new Demand.RowCount(USERS, new Demand.RowTest.More(0)),
            new Demand.RowCount(USERS, new Demand.RowTest.None()),
            new Demand.CustomSql("SELECT true", "Nothing", false),
            new Demand.CustomSql("SELECT %s", "Given", true)),
        sidecar.up().stream().map(Sidecar.Item::demand).toList());
    assertEquals(new Position(2, 12), sidecar.up().getFirst().start());
    assertEquals(new Position(2, 23), sidecar.up().getFirst().end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing yet\n",
        "[]",
        "false",
        "up_preconditions:\n",
        "up_preconditions: []\n",
        "up_preconditions: no\n",
        "description: what it is for\nowner: [somebody]\n",
        "down_preconditions:\n  - {type: TableExists, table: users}\n"
      })
  void theseDemandNothing(String text) throws IOException {
    Sidecar sidecar = sidecar(text);
    assertEquals(List.of(), sidecar.mistakes());
    assertEquals(List.of(), sidecar.up());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up_preconditions: [|1|20|it is not YAML",
        "- {type: TableExists, table: users}|1|1|it is a list, not a mapping",
        "nothing|1|1|it is text, not a mapping",
        "up_preconditions: {type: TableExists}|1|19|up_preconditions is a mapping, not a list",
        "down_preconditions: TableExists|1|21|down_preconditions is text, not a list",
        "up_preconditions: [TableExists]|1|20|a precondition is text, not a mapping",
        "up_preconditions: [{table: users}]|1|20|precondition missing 'type' field",
        "up_preconditions: [{type: TableExist, table: u}]|1|27|unknown precondition type:"
            + " TableExist",
        "up_preconditions: [{type: table_exists, table: u}]|1|27|unknown precondition type:",
        "down_preconditions: [{type: Nothing}]|1|29|unknown precondition type: Nothing",
        "up_preconditions: [{type: TableExists}]|1|27|TableExists: missing 'table'",
        "up_preconditions: [{type: TableExists, table: u, tabel: u}]|1|50|unexpected 'tabel'",
        "up_preconditions: [{type: TableExists, table: on}]|1|47|'table' is a truth value, not"
            + " text",
        "up_preconditions: [{type: TableExists, table: 5}]|1|47|'table' is a number, not text",
        "up_preconditions: [{type: TableExists, table: u, schema: }]|1|57|'schema' is nothing",
        "up_preconditions: [{type: TableExists, table: [u]}]|1|47|'table' is a list, not text",
        "up_preconditions: [{type: RowCountEquals, table: u, expected_count: '5'}]|1|69|"
            + "'expected_count' is text, not a whole number",
        "up_preconditions: [{type: CustomSQL, sql: SELECT 1}]|1|27|missing 'description'"
      })
  void theseAreNotLoaded(String text, int line, int column, String message) throws IOException {
    List<Sidecar.Mistake> mistakes = sidecar(text).mistakes();
    assertEquals(1, mistakes.size(), mistakes.toString());
    assertTrue(mistakes.getFirst().message().contains(message), mistakes.toString());
    assertEquals(new Position(line, column), mistakes.getFirst().start());
  }

  @Test
  void everyMistakeIsToldAndWhatIsRightIsKept() throws IOException {
    Sidecar sidecar =
        sidecar(
            """
            up_preconditions:
              - {type: TableExists}
              - {type: TableExists, table: users}
              - {type: Nothing}
            """);
    assertEquals(List.of(2, 4), sidecar.mistakes().stream().map(m -> m.start().line()).toList());
    assertEquals(1, sidecar.up().size());
  }

  /** confiture takes the type out of the item, and both lists hold the same item. */
  @Test
  void anAliasOfAPreconditionThatWasReadHasNoType() throws IOException {
    Sidecar sidecar =
        sidecar(
            """
            up_preconditions: &same
              - {type: TableExists, table: users}
            down_preconditions: *same
            """);
    assertEquals(1, sidecar.mistakes().size());
    assertTrue(
        sidecar.mistakes().getFirst().message().startsWith("precondition missing 'type' field"));
  }

  /** Merging copies, so that each has a type of its own. */
  @Test
  void aMergedMappingKeepsItsType() throws IOException {
    Sidecar sidecar =
        sidecar(
            """
            up_preconditions:
              - &users {type: TableExists, table: users}
              - <<: *users
                schema: app
            """);
    assertEquals(List.of(), sidecar.mistakes());
    assertEquals(
        List.of(Demand.table(true, USERS), Demand.table(true, APP_USERS)),
        sidecar.up().stream().map(Sidecar.Item::demand).toList());
  }

  @Test
  void onlyAnSqlMigrationOfConfitureHasOneBesideIt(@TempDir Path path) throws IOException {
    String demand = "up_preconditions: [{type: TableExists, table: users}]\n";
    Folder folder =
        new Folder(path)
            .with("1_a.up.sql", "2_b.up.sql", "3_c.sql")
            .holding("1_a.yaml", demand)
            .holding("2_b.yml", demand)
            .holding("3_c.yaml", demand);
    assertEquals(
        List.of(Optional.of(path.resolve("1_a.yaml")), Optional.empty()),
        sidecars(folder.list("confiture")));
    assertEquals(List.of(Optional.empty()), sidecars(folder.list("plain")).subList(2, 3));
  }

  private static List<Optional<Path>> sidecars(MigrationFolder folder) {
    return folder.migrations().stream()
        .map(
            migration ->
                migration.preconditions().stream()
                    .flatMap(declared -> declared.place().stream())
                    .flatMap(place -> place.companion().stream())
                    .map(FilePlace.Companion::path)
                    .findFirst())
        .toList();
  }

  private Sidecar sidecar(String text) throws IOException {
    Files.writeString(file, text);
    return Sidecar.read(file, Optional.ofNullable(file.getParent()).orElseThrow());
  }
}
