package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.QueriedText;
import dev.confiture.preflight.migrations.ReadText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What psql would send of a file, as its documentation and psql 15 to 18 have it. */
final class PsqlScriptTest {

  private final Path project;
  private final Path folder;

  PsqlScriptTest(@TempDir Path path) {
    this.project = path.resolve("project");
    this.folder = project.resolve("db/migrations");
  }

  @BeforeEach
  void makesTheProject() throws IOException {
    Files.createDirectories(folder);
    Files.createDirectories(project.resolve(".git"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\\set s app~n~SELECT * FROM :s.t;|SELECT * FROM app.t",
        "\\set s app~n~SELECT :'s', :\"s\", ':s', x::s;|SELECT 'app', \"app\", ':s', x::s",
        "\\set a it's~n~\\set b '\\\\x'~n~SELECT :'b';|SELECT  E'\\\\x'",
        "\\set a 'it''s'~n~SELECT :'a';|SELECT 'it''s'",
        "\\set a 1 2 '3 4'~n~SELECT :a;|SELECT 123 4",
        "\\set a 1~n~\\set a :a:a~n~SELECT :a;|SELECT 11",
        "\\set a ':b'~n~\\set b 2~n~SELECT :a;|SELECT 2",
        "\\set a~n~SELECT 1:a;|SELECT 1",
        "\\set a 1~n~\\unset a~n~SELECT x[1:a];|SELECT x[1:a]",
        "\\set a 'SELECT 1; SELECT 2'~n~:a;|SELECT 1/SELECT 2",
        "SELECT :{?a}, :{?ERROR}, :{?DBNAME};|SELECT FALSE, TRUE, TRUE",
        "SELECT 'a' AS a \\g~n~SELECT 2 \\gx~n~SELECT 3 \\g (format=csv)|SELECT 'a' AS a/SELECT 2/SELECT 3",
        "SELECT 1~n~\\echo middle~n~+ 1;|SELECT 1~n~            ~n~+ 1",
        "SELECT x\\:y;|SELECT x:y",
      })
  void variablesAreReplaced(String text, String statements) throws IOException {
    assertEquals(statements.replace("~n~", "\n"), sent(text.replace("~n~", "\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "on|a", "1|a", "YES|a", "tr|a", "false|b", "0|b", "off|b", "maybe|b", "o|b", "|b",
      })
  void aBranchIsChosen(String value, String table) throws IOException {
    String shown = value == null ? "" : value;
    assertEquals(
        "SELECT '" + table + "'/SELECT 'end'",
        sent(
            "\\set v '"
                + shown
                + "'\n\\if :v\nSELECT 'a';\n\\if off\nSELECT 'no';\n\\endif\n"
                + "\\elif off\nSELECT 'c';\n\\else\nSELECT 'b';\n\\endif\nSELECT 'end';\n"));
  }

  @Test
  void whatIsNotChosenIsNotLookedInto() throws IOException {
    assertEquals(
        "SELECT 1",
        sent("\\if false\n\\! rm -rf /\n\\i /etc/passwd\nSELECT :x `a`;\n\\endif\nSELECT 1;\n"));
  }

  @Test
  void aStatementMayHoldBranches() throws IOException {
    assertEquals(
        "SELECT 2", sent("SELECT\n\\if off\n1\n\\else\n2\n\\endif\n;\n").replaceAll("\\s+", " "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\else|\\else: no matching \\if",
        "\\endif|\\endif: no matching \\if",
        "\\elif on|\\elif: no matching \\if",
        "\\set a-b 1|invalid variable name: \"a-b\"",
        "\\ir gone.sql|gone.sql: No such file or directory",
        "\\i|\\i: missing required argument",
        "\\copy t|\\copy: parse error at end of line",
      })
  void psqlRefuses(String line, String reason) throws IOException {
    Refusal refusal = refusals("SELECT 1;\n" + line + "\n").getFirst();
    assertEquals(Refusal.Stage.TEXT, refusal.stage());
    assertTrue(refusal.message().endsWith(": " + reason), refusal::message);
    assertEquals(10, refusal.start());
  }

  @Test
  void rowsAreStatements() throws IOException {
    QueriedText query = queried("\\set t users\nSELECT 'DROP ' || :'t'\n  \\gexec\nSELECT :t;\n");
    assertEquals(new QueriedText.Query(13, "\\gexec"), query.query().orElseThrow());
    ReadText read =
        query.with(
            new QueriedText.Rows(
                List.of("a", "b"),
                List.of(values("DROP TABLE a; -- last"), values("", "SELECT ':t'; SELECT 2"))));
    Script script = read.text().script();
    assertEquals(List.of(), read.refusals());
    assertEquals(
        "SELECT 'DROP ' || 'users'/DROP TABLE a/SELECT ':t'/SELECT 2/SELECT users", texts(script));
    assertEquals(Optional.empty(), read.text().queried().orElseThrow().query());
    Statement dropped = script.statements().get(1);
    assertEquals(new Position(3, 3), script.source().position(dropped.start()));
    assertEquals(new Position(4, 1), script.source().position(last(script).start()));
    List<QueriedText.Generated> generated = read.text().queried().orElseThrow().generated();
    assertEquals(3, generated.size());
    assertTrue(generated.getLast().place().contains(script.statements().get(3).start()));
    assertFalse(generated.getLast().place().contains(last(script).start()));
  }

  @Test
  void theOnlyRowSetsVariables() throws IOException {
    QueriedText query =
        queried("\\set gone 1\nSELECT x \\gset p\n:psql SELECT :gone, :pgone, :{?pgone};\n");
    ReadText read =
        query.with(new QueriedText.Rows(List.of("sql", "gone"), List.of(values("SELECT 1; DROP"))));
    assertEquals(List.of(), read.refusals());
    assertEquals("SELECT x/SELECT 1/DROP SELECT 1, :pgone, FALSE", texts(read.text().script()));
  }

  @Test
  void whatAQueryDecidesIsNotKnownBefore() throws IOException {
    String text =
        """
        \\set v 1
        SELECT x \\gset
        \\if :v
        SELECT 'a', :v;
        \\! rm -rf /
        \\q
        \\elif :{?w}
        SELECT 'b';
        \\else
        SELECT 'c';
        \\endif
        \\set v on
        \\if :v
        SELECT :v;
        \\endif
        """;
    assertEquals("SELECT x/SELECT 'a', :v/SELECT 'b'/SELECT 'c'/SELECT on", sent(text));
    QueriedText query = queried(text);
    assertEquals(
        "SELECT x/SELECT 'b'/SELECT on", texts(query.with(row("v", "0", "w", "")).text().script()));
    assertEquals("SELECT x/SELECT 'c'/SELECT on", texts(query.with(row("v", "0")).text().script()));
    List<Refusal> refusals = query.with(row("v", "1")).refusals();
    assertTrue(refusals.getFirst().message().contains("runs a program"), refusals::toString);
    assertEquals(
        "SELECT x/SELECT 'a', :v/SELECT 'b'/SELECT 'c'/SELECT on",
        texts(query.unanswered().text().script()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 'a|TEXT|no whole statement: SELECT 'a",
        "SELECT \"a|TEXT|no whole statement",
        "SELECT (1|TEXT|no whole statement",
        "SELECT 1 /* a|TEXT|no whole statement",
        "\\i other.sql|TEXT|no whole statement",
        "COPY t FROM STDIN|NOT_REHEARSABLE|copies rows",
        "SELECT 1; COPY t FROM STDIN; SELECT 2|NOT_REHEARSABLE|copies rows",
      })
  void notEveryRowCanBeSent(String value, Refusal.Stage stage, String reason) throws IOException {
    Refusal refusal =
        queried("SELECT x \\gexec\nSELECT 1;\n").with(row("x", value)).refusals().getFirst();
    assertEquals(stage, refusal.stage());
    assertTrue(refusal.message().contains(reason), refusal::message);
    assertEquals(9, refusal.start());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|a|no rows returned for \\gset",
        "2|a|more than one row returned for \\gset",
        "1|?column?|invalid variable name: \"?column?\"",
        "1|a b|invalid variable name: \"a b\"",
      })
  void notEveryRowSetsVariables(int count, String column, String reason) throws IOException {
    QueriedText.Rows rows =
        new QueriedText.Rows(
            List.of(column), Collections.nCopies(count, row("a", "1").rows().getFirst()));
    List<Refusal> refusals = queried("SELECT x \\gset\nSELECT :b;\n").with(rows).refusals();
    assertEquals(1, refusals.size(), refusals::toString);
    assertEquals(Refusal.Stage.TEXT, refusals.getFirst().stage());
    assertTrue(refusals.getFirst().message().endsWith(reason), refusals::toString);
  }

  private QueriedText queried(String text) throws IOException {
    ReadText read = read(text);
    assertEquals(List.of(), read.refusals());
    return read.text().queried().orElseThrow();
  }

  private static Statement last(Script script) {
    return script.statements().getLast();
  }

  /** Makes a row whose last value is NULL. */
  private static List<Optional<String>> values(String... values) {
    return Stream.concat(Stream.of(values).map(Optional::of), Stream.of(Optional.<String>empty()))
        .toList();
  }

  /** Makes a row of names and values. */
  private static QueriedText.Rows row(String column, String value, String... further) {
    List<String> columns = new ArrayList<>(List.of(column));
    List<Optional<String>> values = new ArrayList<>(List.of(Optional.of(value)));
    for (int i = 0; i < further.length; i += 2) {
      columns.add(further[i]);
      values.add(Optional.of(further[i + 1]));
    }
    return new QueriedText.Rows(columns, List.of(values));
  }

  @Test
  void anIfIsEnded() throws IOException {
    Refusal refusal = refusals("\\if on\nSELECT 1;\n").getFirst();
    assertEquals(Refusal.Stage.TEXT, refusal.stage());
    assertEquals("reached EOF without finding closing \\endif(s)", refusal.message());
  }

  @Test
  void filesOfTheProjectAreRead() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/a.sql"), "\uFEFFSELECT :v;\n\\ir b.sql\n\\i sql/c.sql");
    Files.writeString(folder.resolve("sub/b.sql"), "SELECT 'b'");
    Files.createDirectories(project.resolve("sql"));
    Files.writeString(project.resolve("sql/c.sql"), "SELECT 'c'; -- end");
    assertEquals(
        "SELECT 1/SELECT 'b'/SELECT 'c'/SELECT 2", sent("\\set v 1\n\\ir sub/a.sql\nSELECT 2;\n"));
  }

  @Test
  void whatIsReadFromAnotherFileHasItsPlaceThere() throws IOException {
    Files.writeString(folder.resolve("a.sql"), "-- first\nSELECT :v, x;\n");
    Script script = read("\\set v 12345\n\\ir a.sql\n  SELECT :v, y;\n").text().script();
    SourceText sent = script.source();
    Statement inOther = script.statements().getFirst();
    assertEquals(folder.resolve("a.sql"), sent.file(inOther.start()).orElseThrow().path());
    assertEquals(new Position(2, 1), sent.position(inOther.start()));
    assertEquals(new Position(2, 12), sent.position(inOther.tokens().getLast().start()));
    Statement own = script.statements().getLast();
    assertTrue(sent.file(own.start()).isEmpty());
    assertEquals(new Position(3, 3), sent.position(own.start()));
    assertEquals(new Position(3, 14), sent.position(own.tokens().getLast().start()));
    assertEquals(new Position(3, 10), sent.position(own.tokens().get(1).start()));
  }

  @Test
  void copyTakesTheRowsOfAFile() throws IOException {
    Files.writeString(project.resolve("rows.csv"), "1,a\n2,b");
    Files.writeString(folder.resolve("it's.txt"), "3\n\\.\nDROP TABLE t;\n");
    Script script =
        read("""
        \\copy t (a, b) from rows.csv with (format csv);
        \\copy t from 'it''s.txt'
        \\copy t from stdin
        4
        \\.
        \\copy t to stdout
        SELECT 1;
        """)
            .text()
            .script();
    assertEquals(
        "copy t (a, b) from STDIN with (format csv)/copy t from STDIN/copy t from stdin"
            + "/copy t to stdout/SELECT 1",
        texts(script));
    assertEquals(
        List.of("1,a\n2,b\n", "3\n", "4\n"),
        script.pieces().stream()
            .filter(Piece.CopyData.class::isInstance)
            .map(piece -> ((Piece.CopyData) piece).rows())
            .toList());
    Piece data =
        script.pieces().stream().filter(Piece.CopyData.class::isInstance).findFirst().get();
    assertEquals(new Position(2, 1), script.source().position(data.start() + 4));
    assertEquals(
        project.resolve("rows.csv"), script.source().file(data.start()).orElseThrow().path());
  }

  @Test
  void nothingBehindQuitIsSent() throws IOException {
    ReadText read = read("SELECT 1;\n\\q\nSELECT 2;\n");
    assertEquals("SELECT 1", texts(read.text().script()));
    assertEquals(
        List.of("psql stops reading 1_a.sql at \\q (line 2): what follows is not executed"),
        read.notes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\! touch pwned",
        "\\set a `touch pwned`",
        "\\echo `touch pwned`",
        "\\if `touch pwned`\n\\endif",
        "\\i `touch pwned`",
        "\\copy t from program 'touch pwned'",
        "\\copy t to program 'touch pwned'",
        "\\copy t to pwned",
        "\\copy t to 'pwned' csv",
        "\\copy t from pstdin",
        "\\copy t from /etc/passwd",
        "\\copy t from '../../../secret.txt'",
        "\\copy t from ~/secret.txt",
        "SELECT 1 \\g pwned",
        "SELECT 1 \\g | touch pwned",
        "\\o pwned",
        "\\out |touch pwned",
        "\\w pwned",
        "\\write pwned",
        "\\getenv a PATH",
        "\\setenv PATH x",
        "\\c other",
        "\\connect other",
        "\\cd /tmp",
        "\\prompt a b",
        "\\password",
        "\\e",
        "\\ef",
        "\\lo_import /etc/passwd",
        "\\lo_export 1 pwned",
        "\\watch 1",
        "SELECT 1 AS a; \\gset",
        "SELECT 1; \\gexec",
        "SELECT 1 \\bind 2 \\g",
        "\\i /etc/passwd",
        "\\i ~/secret.sql",
        "\\i ../../secret.txt",
        "\\ir ../../../secret.txt",
        "\\ir link.sql",
        "\\i -",
        "\\ir self.sql",
        "\\ir bomb.sql",
        "SELECT :unknown;",
        "SELECT :'unknown';",
        "SELECT :\"HOME\";",
        "SELECT :DBNAME;",
        "\\set a :unknown",
        "\\if :unknown\n\\endif",
        "\\set q ''''\nSELECT :q;",
        "\\set q '/*'\nSELECT :q;",
        "\\set q '\\\\! touch pwned'\n:q",
        "\\set AUTOCOMMIT off",
        "\\encoding LATIN1",
        "SELECT 1; \\g",
      })
  void nothingOfThisIsDone(String text) throws IOException {
    Files.writeString(project.resolveSibling("secret.txt"), "SELECT 'secret';");
    Files.createSymbolicLink(folder.resolve("link.sql"), project.resolveSibling("secret.txt"));
    Files.writeString(folder.resolve("self.sql"), "\\ir self.sql\n");
    Files.writeString(folder.resolve("bomb.sql"), "\\ir fuse.sql\n".repeat(99));
    Files.writeString(folder.resolve("fuse.sql"), "\\ir charge.sql\n".repeat(99));
    Files.writeString(folder.resolve("charge.sql"), "SELECT 1;\n");
    ReadText read = read(text + "\n");
    List<Refusal> never =
        read.refusals().stream()
            .filter(refusal -> refusal.stage() == Refusal.Stage.NOT_REHEARSABLE)
            .toList();
    assertFalse(never.isEmpty(), text);
    assertFalse(read.text().script().source().text().contains("secret'"), text);
    assertFalse(Files.exists(Path.of("pwned")) || Files.exists(folder.resolve("pwned")), text);
    assertTrue(never.getFirst().end() > never.getFirst().start(), text);
  }

  private ReadText read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("1_a.sql"), text);
    FolderFiles files = FolderFiles.list(folder);
    return PsqlScript.read(files, PsqlScript.anywhere(files), file, SourceText.of(text), Map.of());
  }

  private List<Refusal> refusals(String text) throws IOException {
    return read(text).refusals();
  }

  private String sent(String text) throws IOException {
    ReadText read = read(text);
    assertEquals(List.of(), read.refusals());
    return texts(read.text().script());
  }

  private static String texts(Script script) {
    return String.join("/", script.statements().stream().map(Statement::text).toList());
  }
}
