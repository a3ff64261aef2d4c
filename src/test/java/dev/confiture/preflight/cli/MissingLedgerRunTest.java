package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that refuses a database in use without its own table: the report says so. */
final class MissingLedgerRunTest {

  private static final String REFUSED =
      "flyway itself would refuse this database, which has public.users and not the tool's own"
          + " table: \"Found non-empty schema(s) but no schema history table. Use baseline() or set"
          + " baselineOnMigrate to true to initialize the schema history table.\"";

  @TempDir Path folder;

  private Path schema = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Project project = Project.in(folder).migration("V1__a.sql", "CREATE TABLE a (id int);");
    schema = project.schema();
  }

  @Test
  void isNamedWithWhatItWouldSay() throws IOException {
    assertEquals(List.of(REFUSED), refusals());
  }

  @Test
  void isNotNamedWhereTheTableIsThere() throws IOException {
    Files.writeString(
        schema,
        """
        CREATE TABLE users (id int);
        CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),
          description varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL,
          checksum int, installed_by varchar(100) NOT NULL, installed_on timestamp DEFAULT now() NOT NULL,
          execution_time int NOT NULL, success boolean NOT NULL);
        """);
    assertEquals(List.of(), refusals());
  }

  @Test
  void isNotNamedWhereTheDatabaseIsEmpty() throws IOException {
    Files.writeString(schema, "CREATE SCHEMA app;\n");
    assertEquals(List.of(), refusals());
  }

  @Test
  void isNotNamedWhereTheUserTellsWhatIsPending() throws IOException {
    assertEquals(List.of(), refusals("--since", "1"));
  }

  private List<String> refusals(String... more) throws IOException {
    Project project = new Project(folder);
    List<String> arguments =
        new ArrayList<>(List.of(project.seededBy("--tool", "flyway", "-f", "json")));
    arguments.addAll(List.of(more));
    Cli run = Cli.run(arguments.toArray(String[]::new));
    return StreamSupport.stream(run.json().path("against").path("notes").spliterator(), false)
        .map(note -> note.asText())
        .filter(note -> note.contains("would refuse this database"))
        .toList();
  }
}
