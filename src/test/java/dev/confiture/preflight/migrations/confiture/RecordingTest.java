package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.sql.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Executing a Python file as confiture would, for the SQL that it would send. */
final class RecordingTest {

  @Test
  void theClassAndEachCallAreTold() {
    Recording recording =
        PythonMigration.of(
                "from confiture.models.migration import Migration",
                "from confiture.core.preconditions import TableExists, ColumnType",
                "",
                "class AddBio(Migration):",
                "    version = '20260403120115'",
                "    name = 'add_user_bio'",
                "    up_preconditions = [TableExists('users', schema='app'),",
                "                        ColumnType('users', 'id', 'bigint')]",
                "    after_ddl_hooks = [object()]",
                "",
                "    def up(self) -> None:",
                "        self.execute('ALTER TABLE users ADD bio text')",
                "        for name in ('a', 'b'):",
                "            self.execute(",
                "                f'CREATE INDEX {name} ON users (bio)'",
                "            )",
                "",
                "    def down(self) -> None:",
                "        self.execute('ALTER TABLE users DROP bio')")
            .execute();

    assertEquals(
        Optional.of(
            new Recording.DeclaredClass(
                "20260403120115",
                "add_user_bio",
                true,
                4,
                List.of(
                    new Recording.DeclaredPrecondition(
                        "TableExists", 7, texts(7, "table", "users", "schema", "app")),
                    new Recording.DeclaredPrecondition(
                        "ColumnType",
                        8,
                        texts(
                            8,
                            "table",
                            "users",
                            "column",
                            "id",
                            "expected_type",
                            "bigint",
                            "schema",
                            "public"))),
                List.of("after_ddl"))),
        recording.declared());
    assertEquals(
        List.of(
            new Recording.Call("ALTER TABLE users ADD bio text", 12, 12, false, Optional.empty()),
            new Recording.Call("CREATE INDEX a ON users (bio)", 14, 0, false, Optional.empty()),
            new Recording.Call("CREATE INDEX b ON users (bio)", 14, 0, false, Optional.empty())),
        recording.calls());
    assertEquals(new Recording.End.Complete(), recording.end());
  }

  @Test
  void sqlMigrationsAndTransactionalAreRead() {
    Recording recording =
        PythonMigration.of(
                "from confiture.models.migration import SQLMigration",
                "class AddIndex(SQLMigration):",
                "    version = '0001'",
                "    name = 'first'",
                "    transactional = False",
                "    up_sql = 'CREATE INDEX CONCURRENTLY i ON t (a)'",
                "    down_sql = 'DROP INDEX i'")
            .execute();

    assertEquals(List.of("CREATE INDEX CONCURRENTLY i ON t (a)"), PythonMigration.sql(recording));
    assertEquals(6, recording.calls().getFirst().line());
    assertEquals(false, recording.transactional());
  }

  /** The original looks through the module's names in their order, imported ones included. */
  @Test
  void theFirstSubclassByNameIsTheMigration() {
    assertFails(
        1,
        0,
        "TypeError: SQLMigration must define a 'version' class attribute",
        PythonMigration.of(
            "from confiture.models.migration import SQLMigration",
            "class Tenants(SQLMigration):",
            "    version = '0001'",
            "    name = 'first'",
            "    up_sql = 'SELECT 1'",
            "    down_sql = ''"));
  }

  @Test
  void aSyntaxErrorHasItsLineAndColumnAndTheVersionOfPython() {
    Recording.End.Failed failed =
        (Recording.End.Failed) PythonMigration.of("x = 1", "class A(:").execute().end();

    assertTrue(
        failed.message().matches("SyntaxError: invalid syntax \\(Python 3\\.\\d+\\)"),
        failed.message());
    assertEquals(2, failed.line());
    assertEquals(9, failed.column());
  }

  @Test
  void whatTheFileRaisesHasItsInnermostLine() {
    assertFails(
        2,
        0,
        "ValueError: no",
        PythonMigration.of("def check():", "    raise ValueError('no')", "check()"));
  }

  @Test
  void aFileWithoutAMigrationFailsInConfituresWords() {
    assertFails(1, 0, "No Migration subclass found in 0001_first", PythonMigration.of("x = 1"));
  }

  @ParameterizedTest
  @CsvSource({"version, name = 'first'", "name, version = '1'"})
  void aClassWithoutVersionOrNameFailsInConfituresWords(String missing, String rest) {
    assertFails(
        2,
        0,
        "TypeError: First must define a '" + missing + "' class attribute",
        PythonMigration.of(
            "from confiture.models.migration import Migration",
            "class First(Migration):",
            "    " + rest,
            "    def up(self): pass",
            "    def down(self): pass"));
  }

  @Test
  void aClassWithoutDownCannotBeMade() {
    Recording recording =
        PythonMigration.of(
                "from confiture.models.migration import Migration",
                "class First(Migration):",
                "    version = '1'",
                "    name = 'first'",
                "    def up(self): pass")
            .execute();

    Recording.End.Failed failed = (Recording.End.Failed) recording.end();
    assertTrue(
        failed.message().startsWith("TypeError: Can't instantiate abstract class First"),
        failed.message());
  }

  @Test
  void migrationIsNotExportedAtTheTop() {
    assertFails(
        1,
        0,
        "ImportError: cannot import name 'Migration' from 'confiture'",
        PythonMigration.of("from confiture import Migration"));
  }

  @Test
  void whatMigrationFilesImportIsThere() {
    PythonMigration imports =
        PythonMigration.of(
            "from confiture import BatchedMigration, ConfiturError, SQLError",
            "from confiture.core.hooks import Hook, HookContext, HookPhase, HookResult",
            "from confiture.core.hooks.context import ExecutionContext",
            "from confiture.core.preconditions import (",
            "    ColumnExists, ColumnNotExists, ColumnType, ConstraintExists, ConstraintNotExists,",
            "    CustomSQL, ForeignKeyExists, IndexExists, IndexNotExists, RowCountEquals,",
            "    RowCountGreaterThan, SchemaExists, SchemaNotExists, TableExists, TableIsEmpty,",
            "    TableNotExists)",
            "from confiture.exceptions import MigrationError, PreconditionError",
            "from confiture.models import Migration",
            "import psycopg",
            "from psycopg import sql",
            "from psycopg.errors import UndefinedTable",
            "from psycopg.rows import dict_row",
            "from psycopg.types.json import Jsonb",
            "",
            "class Audit(Hook[ExecutionContext]):",
            "    def __init__(self): super().__init__(hook_id='a', name='Audit', priority=8)",
            "    async def execute(self, context: HookContext) -> HookResult:",
            "        with psycopg.connect() as connection: pass",
            "",
            "class First(Migration):",
            "    version = '1'",
            "    name = 'first'",
            "    before_ddl_hooks = [Audit()]",
            "    def up(self):",
            "        try:",
            "            self.execute('SELECT 1')",
            "        except (SQLError, UndefinedTable, psycopg.Error):",
            "            raise",
            "        assert HookPhase.BEFORE_EXECUTE.value == 'before_execute'",
            "    def down(self): pass");

    assertEquals(List.of("SELECT 1"), imports.complete());
  }

  @Test
  void aLiveConnectionEndsTheRecording() {
    Recording recording =
        PythonMigration.doing(
                "self.execute('SELECT 1')",
                "try:",
                "    with self.connection.cursor() as cursor:",
                "        cursor.execute('SELECT 2')",
                "except:",
                "    self.execute('SELECT 3')")
            .execute();

    assertEquals(List.of("SELECT 1"), PythonMigration.sql(recording));
    assertEquals(
        new Recording.End.Unverifiable(
            "the file needs a live connection: it uses self.connection", 8),
        recording.end());
  }

  @ParameterizedTest
  @CsvSource({
    "'self.execute(\"SELECT 1\").fetchone()', it reads what execute() gives",
    "'rows = [row for row in self.execute(\"SELECT 1\")]', it reads what execute() gives",
    "'with self.execute(\"SELECT 1\") as cursor: pass', it reads what execute() gives",
    "'self.execute(\"SELECT 1\").rowcount', it reads what execute() gives",
    "'import psycopg; psycopg.connect(\"dbname=x\")', it connects to a database itself",
    "'from confiture import BatchedMigration; BatchedMigration(None)', it works in batches",
    "'self.up_preconditions = []; from confiture.core.preconditions import TableExists;"
        + " TableExists(\"t\").check(None)', it checks a precondition"
  })
  void whatNeedsADatabaseIsUnverifiable(String line, String reason) {
    assertEquals(
        new Recording.End.Unverifiable("the file needs a live connection: " + reason, 6),
        PythonMigration.doing(line).execute().end());
  }

  @ParameterizedTest
  @CsvSource({
    "import no_such_module, the module no_such_module",
    "from confiture.core.linting import Linter, the module confiture.core.linting"
  })
  void aModuleThatIsNotThereIsNamed(String line, String module) {
    assertEquals(
        new Recording.End.Unverifiable(
            "the file imports " + module + ", which the rehearsal does not have", 1),
        PythonMigration.of(line).execute().end());
  }

  @Test
  void whatTheStandInsLackIsNamed() {
    assertEquals(
        new Recording.End.Unverifiable(
            "the file uses confiture.SchemaBuilder, which the rehearsal does not have", 1),
        PythonMigration.of("from confiture import SchemaBuilder").execute().end());
    assertEquals(
        new Recording.End.Unverifiable(
            "the file uses psycopg.Transaction, which the rehearsal does not have", 2),
        PythonMigration.of("import psycopg", "psycopg.Transaction").execute().end());
  }

  @Test
  void anEnvironmentVariableIsAskedFor() {
    Recording recording =
        PythonMigration.doing("import os", "os.environ.get('TIER')", "self.execute('SELECT 1')")
            .execute();

    assertEquals(List.of("TIER"), recording.environment());
    assertEquals(new Recording.End.Complete(), recording.end());
    assertEquals(
        new Recording.End.Unverifiable(
            "the file needs the environment variable TIER, and the rehearsal hands none down", 2),
        PythonMigration.of("import os", "os.environ['TIER']").execute().end());
  }

  @Test
  void partsOfStatementsAreQuotedAsPsycopgDoes() {
    assertEquals(
        List.of(
            "ALTER TABLE \"app\".\"use\"\"rs\" ADD \"a\" int, ADD \"b\" int",
            "SELECT 'it''s', 3, NULL, %s, %(name)s"),
        PythonMigration.doing(
                "from psycopg import sql",
                "columns = [sql.SQL('ADD {} int').format(sql.Identifier(c)) for c in 'ab']",
                "self.execute(sql.SQL('ALTER TABLE {table} {}').format(",
                "    sql.SQL(', ').join(columns), table=sql.Identifier('app', 'use\"rs')))",
                "parts = [sql.Literal(\"it's\"), sql.Literal(3), sql.NULL,",
                "         sql.Placeholder(), sql.Placeholder('name')]",
                "self.execute(sql.SQL('SELECT ') + sql.SQL(', ').join(parts))")
            .complete());
  }

  @Test
  void executeFileReadsWhatIsNamedFromTheWorkingDirectory() {
    String path = "src/test/resources/cases/python-execute-file/migrations/users.sql";
    Recording recording = PythonMigration.doing("self.execute_file('" + path + "')").execute();

    Recording.Call call = recording.calls().getFirst();
    assertEquals(Optional.of(path), call.file());
    assertTrue(call.sql().startsWith("-- Executed by the Python file"), call.sql());
    assertFails(
        6,
        0,
        "FileNotFoundError: SQL file not found: db/gone.sql",
        PythonMigration.doing("self.execute_file('db/gone.sql')"));
  }

  private static void assertFails(int line, int column, String message, PythonMigration migration) {
    assertEquals(new Recording.End.Failed(message, line, column), migration.execute().end());
  }

  private static YamlNode.Mapping texts(int line, String... keysAndValues) {
    Position place = new Position(line, 1);
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.put(
          keysAndValues[i],
          new YamlNode.Entry(text(keysAndValues[i], place), text(keysAndValues[i + 1], place)));
    }
    return new YamlNode.Mapping(entries, place, place);
  }

  private static YamlNode.Scalar text(String text, Position place) {
    return new YamlNode.Scalar(text, YamlNode.Kind.TEXT, place, place);
  }
}
