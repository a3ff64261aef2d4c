package dev.confiture.preflight.migrations.liquibase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiquibaseTest {

  private static final String HEADER = "--liquibase formatted sql\n";

  private static final String XML =
      "<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\">\n";

  @TempDir private Path folder;

  @BeforeEach
  void isAProject() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
  }

  private void file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private MigrationFolder read() {
    return new Liquibase()
        .read(FolderFiles.list(folder), "", new Tool.Told(Map.of("owner", "ana"), Map.of()));
  }

  private List<String> versions() {
    return read().migrations().stream().map(Migration::version).toList();
  }

  private List<String> statements(int migration) {
    return read().migrations().get(migration).text().statements().stream()
        .map(Statement::text)
        .toList();
  }

  private List<String> refusals(int migration) {
    return read().migrations().get(migration).refusals().stream().map(Refusal::message).toList();
  }

  @Test
  void followsIncludesInTheirOrder() throws IOException {
    file(
        "changelog.yaml",
        """
        databaseChangeLog:
          - include: {file: b.sql}
          - includeAll: {path: more/, relativeToChangelogFile: true}
          - changeSet:
              id: 9
              author: ben
              changes:
                - sql: {sql: "SELECT 9"}
        """);
    file("b.sql", HEADER + "--changeset ana:1\nSELECT 1;\n--changeset ana:2\nSELECT 2;\n");
    file("more/2.sql", "SELECT 3;");
    file("more/10/x.sql", HEADER + "-- changeset \"Ana B\":\"7 b\"\nSELECT 4;\n");
    file("more/readme.md", "");
    assertEquals(
        List.of(
            "b.sql::1::ana",
            "b.sql::2::ana",
            "more/10/x.sql::7 b::Ana B",
            "more/2.sql::raw::includeAll",
            "changelog.yaml::9::ben"),
        versions());
  }

  @Test
  void aMavenProjectNamesItsFilesFromItsResources() throws IOException {
    Path changelogs = folder.resolve("src/main/resources/db/changelog");
    file(
        "src/main/resources/db/changelog/db.changelog-master.xml",
        XML + "<include file=\"classpath:db/changelog/a.sql\"/>\n</databaseChangeLog>");
    file("src/main/resources/db/changelog/a.sql", HEADER + "--changeset ana:1\nSELECT 1;\n");
    MigrationFolder read =
        new Liquibase().read(FolderFiles.list(changelogs), "", Tool.Told.NOTHING);
    assertEquals(
        List.of("db/changelog/a.sql::1::ana"),
        read.migrations().stream().map(Migration::version).toList());
  }

  @Test
  void leavesOutWhatIsNoSqlOfAChangeset() throws IOException {
    file(
        "changelog.sql",
        HEADER
            + "--changeset ana:1\n--comment why\nCREATE TABLE a (x int); -- a; b\n"
            + "/* c; d */ INSERT INTO a VALUES (1);\n--rollback DROP TABLE a;\n"
            + "/* liquibase rollback\nDROP TABLE b;\n*/\n"
            + "--changeset ana:2 dbms:oracle\nSELECT 1 FROM dual;\n"
            + "--changeset ana:3 endDelimiter://\nSELECT 3 //\nSELECT 4\n//\n"
            + "--changeset ana:4 splitStatements:false\nSELECT 5; SELECT 6;\n");
    assertEquals(
        List.of("changelog.sql::1::ana", "changelog.sql::3::ana", "changelog.sql::4::ana"),
        versions());
    assertEquals(List.of("CREATE TABLE a (x int)", "INSERT INTO a VALUES (1)"), statements(0));
    assertEquals(List.of("SELECT 3", "SELECT 4"), statements(1));
    assertTrue(read().migrations().getFirst().reversible());
  }

  @Test
  void eachCharacterStaysAtItsPlace() throws IOException {
    file(
        "changelog.xml",
        XML
            + "<changeSet id=\"1\" author=\"ana\"><sql>SELECT 1 &lt; 2, 'a&amp;b';</sql>"
            + "<sql><![CDATA[SELECT 3 > 2;]]></sql></changeSet>\n"
            + "<changeSet id=\"2\" author=\"ana\"><sql>SELECT 'a &amp; b';</sql></changeSet>\n"
            + "</databaseChangeLog>");
    assertEquals(List.of("SELECT 1    < 2,     'a&b'", "SELECT 3 > 2"), statements(0));
    Statement last = read().migrations().getFirst().text().statements().getLast();
    assertEquals(2, last.source().position(last.start()).line());
    assertEquals(
        List.of(
            "the SQL is written with escapes or parameters in its strings, and cannot be sent with"
                + " each character at its place"),
        refusals(1));
  }

  @Test
  void jsonIsReadToo() throws IOException {
    file(
        "changelog.json",
        "{\"databaseChangeLog\": [{\"changeSet\": {\"id\": \"1\", \"author\": \"ana\",\n"
            + " \"changes\": [{\"sql\": {\"sql\": \"SELECT 1; -- one\\nSELECT \\\"x\\\" FROM t\"}}]}}]}");
    assertEquals(List.of("SELECT 1", "SELECT   \"x\" FROM t"), statements(0));
  }

  @Test
  void otherChangesAreNamedAndNotJudged() throws IOException {
    file(
        "changelog.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: 1
              author: ana
              changes:
                - createTable: {tableName: a}
        """);
    Refusal refusal = read().migrations().getFirst().refusals().getFirst();
    assertEquals(Refusal.Stage.NOT_REHEARSABLE, refusal.stage());
    assertEquals(
        "liquibase makes the SQL of createTable itself, and that is not known here",
        refusal.message());
  }

  @Test
  void valuesOfParametersArePutIn() throws IOException {
    file(
        "changelog.sql",
        HEADER
            + "--property name:role value:bob\n"
            + "--changeset ana:1\nALTER TABLE a OWNER TO ${owner}; GRANT ${role} TO ${other};\n");
    assertEquals(
        List.of("ALTER TABLE a OWNER TO      ana", "GRANT     bob TO ${other}"),
        statements(0).stream().map(String::strip).toList());
  }

  @Test
  void aMalformedMarkerOrDocumentIsRefused() throws IOException {
    file("a.sql", HEADER + "--changeset ana\nSELECT 1;\n");
    file("b.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n" + XML + "&e;");
    assertEquals(List.of("a.sql::::", "b.xml::::"), versions());
    assertTrue(
        read().migrations().getFirst().text().toString().contains("at line 2"),
        read().migrations()::toString);
    assertTrue(
        read().migrations().getLast().text().toString().contains("DOCTYPE"),
        read().migrations()::toString);
  }

  @Test
  void whatIncludesItselfEnds() throws IOException {
    file("changelog.yaml", "databaseChangeLog:\n  - include: {file: changelog.yaml}\n");
    assertTrue(reason(0).endsWith("it includes itself"), reason(0));
    file("changelog.yaml", "databaseChangeLog:\n  - include: {file: other.yaml}\n");
    file("other.yaml", "databaseChangeLog:\n  - include: {file: changelog.yaml}\n");
    assertEquals(List.of("changelog.yaml::::"), versions());
    assertTrue(reason(0).endsWith("it includes itself"), reason(0));
  }

  private String reason(int migration) {
    return read().migrations().get(migration).text() instanceof MigrationText.Unreadable unreadable
        ? unreadable.reason()
        : "";
  }

  @Test
  void ofTooManyTheCauseIsTold() throws IOException {
    StringBuilder many = new StringBuilder(HEADER);
    for (int i = 0; i <= 100_000; i++) {
      many.append("--changeset a:").append(i).append("\nX;\n");
    }
    file("many.sql", many.toString());
    file("one.sql", HEADER + "--changeset ana:1\nSELECT 1;\n");
    file(
        "changelog.yaml",
        """
        databaseChangeLog:
          - include: {file: many.sql}
          - include: {file: one.sql}
          - include: {file: one.sql}
        """);
    List<Migration> migrations = read().migrations();
    assertEquals(100_002, migrations.size());
    assertEquals("one.sql::::", migrations.getLast().version());
    Refusal refusal = migrations.getLast().refusals().getFirst();
    assertEquals(Refusal.Stage.NOT_REHEARSABLE, refusal.stage());
    assertEquals(
        "it is not read here, and neither is what comes behind it: it comes behind more than"
            + " 100,000 changesets",
        refusal.message());
  }

  @Test
  void whatEndsLikeAnIncludedFileIsARootOfItsOwn() throws IOException {
    file(
        "all.xml",
        XML
            + "<!-- b.sql -->\n<include file=\"ab.sql\"/>\n<includeAll path=\"more\"/>"
            + "</databaseChangeLog>");
    file("ab.sql", HEADER + "--changeset ana:1\nSELECT 1;\n");
    file("b.sql", HEADER + "--changeset ana:2\nSELECT 2;\n");
    file("more/c.sql", HEADER + "--changeset ana:3\nSELECT 3;\n");
    assertEquals(List.of("ab.sql::1::ana", "more/c.sql::3::ana", "b.sql::2::ana"), versions());
  }

  /** The order, and what the attributes do, are measured with Liquibase 4.33.0. */
  @Test
  void anIncludeAllGoesByThePathsAsText() throws IOException {
    for (String name :
        List.of("b.sql", "b/x.sql", "b-1.sql", "b-1/y.sql", "B.sql", "_a.sql", "ä.sql")) {
      file("all/" + name, HEADER + "--changeset ana:1\nSELECT 1;\n");
    }
    file("changelog.yaml", "databaseChangeLog:\n  - includeAll: {path: all/}\n");
    assertEquals(
        List.of("B.sql", "_a.sql", "b-1.sql", "b-1/y.sql", "b.sql", "b/x.sql", "ä.sql"), paths());
    file("changelog.yaml", "databaseChangeLog:\n  - includeAll: {path: all/, minDepth: 2}\n");
    assertEquals(List.of("b-1/y.sql", "b/x.sql"), paths());
    file(
        "changelog.yaml",
        "databaseChangeLog:\n  - includeAll: {path: all/, maxDepth: 1, endsWithFilter: B.SQL}\n");
    assertEquals(List.of("B.sql", "b.sql"), paths());
  }

  private List<String> paths() {
    return versions().stream().map(v -> v.replaceFirst("^all/(.*)::1::ana$", "$1")).toList();
  }

  @Test
  void anIncludeSaysByWhichPathItsChangesetsAreKnown() throws IOException {
    String two =
        "<changeSet id=\"1\" author=\"ana\"><sql>SELECT 1;</sql></changeSet>\n"
            + "<changeSet id=\"2\" author=\"ana\" logicalFilePath=\"own.xml\"><sql>SELECT 1;</sql>"
            + "</changeSet>\n";
    file("lf/c.xml", XML + two + "<include file=\"lf/d.sql\"/>\n</databaseChangeLog>");
    file(
        "lf/c2.xml",
        XML.replace("<databaseChangeLog", "<databaseChangeLog logicalFilePath=\"mine/c\"")
            + two.replace("own.xml", "own2.xml")
            + "<include file=\"lf/e.sql\"/>\n</databaseChangeLog>");
    String sql =
        HEADER + "--changeset ana:3\nSELECT 1;\n--changeset ana:4 logicalFilePath:o\nSELECT 2;\n";
    file("lf/d.sql", sql);
    file("lf/e.sql", sql);
    file("lf/raw.sql", "SELECT 7;");
    file("lf/said.sql", sql.replaceFirst("\n", " logicalFilePath:said.sql\n"));
    file(
        "changelog.xml",
        XML
            + "<property name=\"folder\" value=\"lf\"/>"
            + "<include file=\"${folder}/c.xml\" logicalFilePath=\"x\"/>"
            + "<include file=\"lf/c2.xml\" logicalFilePath=\"y\"/>"
            + "<include file=\"lf/raw.sql\" logicalFilePath=\"r\"/>"
            + "<include file=\"lf/said.sql\" logicalFilePath=\"s\"/>\n</databaseChangeLog>");
    assertEquals(
        List.of(
            "x::1::ana",
            "own.xml::2::ana",
            "x::3::ana",
            "x::4::ana",
            "mine/c::1::ana",
            "own2.xml::2::ana",
            "mine/c::3::ana",
            "mine/c::4::ana",
            "lf/raw.sql::raw::includeAll",
            "said.sql::3::ana",
            "said.sql::4::ana"),
        versions());
    assertEquals(
        Set.of("x::3::ana", "x::4::ana"),
        read()
            .tool()
            .ledger()
            .orElseThrow()
            .rows()
            .applied(
                QualifiedName.of("databasechangelog"),
                List.of(
                    new LedgerFormat.Row("3", Map.of("author", "ana", "filename", "lf/d.sql")),
                    new LedgerFormat.Row("4", Map.of("author", "ana", "filename", "o"))))
            .versions(),
        "recorded before the include gave a path");
  }

  @Test
  void whatAnIncludeSaysOfItsChangesetsCounts() throws IOException {
    file("a.yaml", "databaseChangeLog:\n  - include: {file: b.sql}\n  - changeSet: {id: 1}\n");
    file("b.sql", HEADER + "--changeset ana:2\nSELECT 2;\n");
    file("c.sql", HEADER + "--changeset ana:3\nSELECT 3;\n");
    file("d.sql", HEADER + "--changeset ana:4\nSELECT 4;\n");
    file("e.sql", HEADER + "--changeset ana:5\nSELECT 5;\n");
    file(
        "changelog.yaml",
        """
        databaseChangeLog:
          - include: {file: a.yaml, ignore: true}
          - include: {file: c.sql, context: test}
          - include: {file: d.sql, resourceFilter: com.example.Filter}
          - modifyChangeSets:
              runWith: psql
              include: {file: e.sql}
        """);
    assertEquals(
        List.of("b.sql::2::ana", "c.sql::3::ana", "d.sql::4::ana", "e.sql::5::ana"), versions());
    assertEquals(
        List.of("liquibase runs it without --contexts, and with those that meet test"),
        read().migrations().get(1).notes());
    assertEquals(
        List.of(
            "its include says resourceFilter, and what liquibase does by that is not known here"),
        refusals(2));
    assertEquals(
        List.of("liquibase leaves it to psql (runWith), which is not run here"), refusals(3));
    file(
        "changelog.yaml",
        """
        databaseChangeLog:
          - include: b.sql
          - nonsense: {a: {b: c}}
          - changeSet: {id: 1, author: ana, atNight: true, changes: [{sql: SELECT 1}]}
        """);
    assertTrue(reason(0).endsWith("No 'file' attribute on 'include'"), reason(0));
    assertTrue(
        reason(1).endsWith("Unexpected node found under databaseChangeLog: nonsense"), reason(1));
    assertEquals(
        List.of("its changeSet says atNight, and what liquibase does by that is not known here"),
        refusals(2));
  }

  @Test
  void theNextConfigurationCountsWhereOneNamesNoChangelog() throws IOException {
    Path changelogs = folder.resolve("src/main/resources/db");
    file("src/main/resources/db/first.sql", HEADER + "--changeset ana:1\nSELECT 1;\n");
    file("src/main/resources/db/second.sql", HEADER + "--changeset ana:2\nSELECT ${x};\n");
    file("liquibase.properties", "url=jdbc:postgresql:x\nparameter.x=7\n");
    file("src/main/resources/application.properties", "spring.application.name=x\n");
    for (String spring :
        List.of(
            "version: @project.version@\nspring.liquibase.change-log: classpath:db/second.sql\n",
            "spring:\n\n\n  liquibase:\n    change-log: 'classpath:/db/second.sql' # why\n",
            "spring:\n  liquibase.changeLog: db/second.sql\n",
            "spring: {liquibase: {enabled: true, change-log: \"db/second.sql\"}}\n")) {
      file("src/main/resources/application.yml", spring);
      MigrationFolder read =
          new Liquibase().read(FolderFiles.list(changelogs), "", Tool.Told.NOTHING);
      assertEquals(
          List.of("db/second.sql::2::ana"),
          read.migrations().stream().map(Migration::version).toList(),
          spring);
      assertEquals(
          "SELECT    7",
          read.migrations().getFirst().text().statements().getFirst().text(),
          "a parameter of the other file");
    }
  }

  @Test
  void columnsOfXmlAreCodePoints() throws IOException {
    file(
        "changelog.xml",
        XML
            + "<!-- 😀😀😀 --><changeSet id=\"1\" author=\"ana\"><sql>SELECT '😀', 1;</sql>"
            + "<sql>SELECT 2</sql><createTable tableName=\"a\"/></changeSet>\n"
            + "</databaseChangeLog>");
    assertEquals(List.of("SELECT '😀', 1", "SELECT 2"), statements(0));
    Migration migration = read().migrations().getFirst();
    Statement second = migration.text().statements().getLast();
    assertEquals(new Position(2, 74), second.source().position(second.start()));
    assertEquals(
        new Position(2, 116), second.source().position(migration.refusals().getFirst().start()));
    file("changelog.xml", XML + "<!-- 😀😀😀 --><changeSet id=\"1\">&x;</changeSet>");
    assertEquals(
        new Position(2, 34),
        read().migrations().getFirst().text() instanceof MigrationText.Unreadable broken
            ? broken.position()
            : new Position(1, 1));
  }

  /** Each of these would take hours in a way that looks at every pair of places. */
  @Test
  void aHostileFileIsReadInOnePass() throws IOException {
    String blanks = " ".repeat(200_000);
    file(
        "changelog.sql",
        HEADER
            + "--property "
            + "a: ".repeat(100_000)
            + "b\n"
            + "--property "
            + ": x".repeat(100_000)
            + "\n"
            + "--property "
            + blanks
            + "\n"
            + "--changeset ana:1 x:"
            + blanks
            + "\n"
            + "SELECT 1; "
            + "/* ".repeat(300_000)
            + "[ ".repeat(300_000)
            + "` ".repeat(300_000)
            + "\n--changeset"
            + blanks
            + "\n");
    assertTrue(reason(0).contains("Unexpected formatting"), reason(0));
    file("changelog.sql", HEADER + "--changeset ana:1\nSELECT 1; " + "/* ".repeat(300_000));
    assertEquals(1, read().migrations().size());
    file("application.yml", "liquibase:" + "\n \n".repeat(1) + blanks + "\n".repeat(200_000));
    assertEquals(1, read().migrations().size());
  }

  @Test
  void aPropertyIsTwoWordsWithAColonEach() throws IOException {
    file(
        "changelog.sql",
        HEADER
            + "--property  name:a   value:1\n--property name:b dbms:postgresql value:2 x\n"
            + "--property name:c\n--property name:d value\n"
            + "--changeset ana:1\nSELECT ${a},${b},${c},${d};\n");
    assertEquals(
        List.of("SELECT       1,2,${c},${d}"),
        statements(0).stream().map(s -> s.replaceFirst(" +1", "       1")).toList());
  }

  private PendingSet plan(MigrationFolder read, String version, String checksum) {
    return read.tool()
        .plan(
            read,
            new Selection.NotTracked(
                new LedgerFormat.Applied(
                    QualifiedName.of("public", "databasechangelog"),
                    Set.of(version),
                    Map.of(version, checksum))));
  }

  @Test
  void aChangedChangesetIsRefusedOrRunAgainAsItSays() throws IOException {
    file("changelog.sql", HEADER + "--changeset ana:1\nSELECT 1;\n--changeset ana:2\nSELECT 2;\n");
    MigrationFolder read = read();
    String own = read.migrations().getFirst().checksum().orElse("");
    assertTrue(
        plan(read, "changelog.sql::1::ana", own).migrations().getFirst().refusals().isEmpty());
    assertEquals(
        List.of(
            "liquibase runs nothing: Validation Failed: 1 changesets check sum:"
                + " changelog.sql::1::ana was: 9:0 but is now: "
                + own),
        plan(read, "changelog.sql::1::ana", "9:0").migrations().getFirst().refusals().stream()
            .map(Refusal::message)
            .toList());
    file(
        "changelog.sql",
        HEADER + "--changeset ana:1 runOnChange:true\nSELECT 1;\n--changeset ana:2\nSELECT 2;\n");
    MigrationFolder again = read();
    assertEquals(2, plan(again, "changelog.sql::1::ana", "9:0").migrations().size());
    assertEquals(1, plan(again, "changelog.sql::1::ana", own).migrations().size());
  }

  @Test
  void aChangesetKeepsItsOwnPartOfTheFile() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 1; i <= 20_000; i++) {
      text.append("--changeset ana:").append(i).append("\nSELECT ").append(i).append(";\n");
    }
    file("changelog.sql", text.toString());
    List<Migration> migrations = read().migrations();
    assertEquals(20_000, migrations.size());
    Statement last = migrations.getLast().text().statements().getLast();
    assertEquals("SELECT 20000;".length() + 1, last.source().length());
    assertEquals(new Position(40_001, 1), last.source().position(last.start()));
    file(
        "changelog.sql",
        HEADER + "--changeset ana:1\nSELECT 'ä😀', 1;\n\n--comment x\nSELECT ${owner}, 2;\n");
    Statement second = read().migrations().getFirst().text().statements().getLast();
    assertEquals(new Position(6, 1), second.source().position(second.start()));
  }

  private Map<String, String> checksums() {
    return read().migrations().stream()
        .filter(migration -> migration.checksum().isPresent())
        .collect(
            Collectors.toMap(
                migration -> migration.version().replaceFirst("^[^:]*::", ""),
                migration -> migration.checksum().orElse("")));
  }

  /** The checksums are those of Liquibase 4.33.0, with the parameter owner as here. */
  @Test
  void checksumsOfChangesOfSqlAreKnownInEachFormat() throws IOException {
    file(
        "changelog.xml",
        XML
            + "<property name=\"role\" value=\"bob\"/>\n"
            + "<changeSet id=\"1\" author=\"ana\"><sql>SELECT 1;</sql></changeSet>\n"
            + "<changeSet id=\"2\" author=\"ana\"><sql> SELECT 1 &lt; 2, 'a&amp;b';\n </sql>"
            + "<sql><![CDATA[SELECT 3 > 2; -- ${role}]]></sql></changeSet>\n"
            + "<changeSet id=\"3\" author=\"ana\"><sqlFile path=\"f.sql\"/></changeSet>\n"
            + "<changeSet id=\"4\" author=\"ana\"><sql dbms=\"oracle\">SELECT 0 FROM dual</sql>"
            + "<sql>SELECT 1;</sql></changeSet>\n"
            + "<changeSet id=\"6\" author=\"ana\"><comment>c</comment>"
            + "<sql>SELECT 1;<comment>inner</comment></sql></changeSet>\n"
            + "<changeSet id=\"7\" author=\"ana\"><sql>SELECT 1;</sql><output>x</output></changeSet>\n"
            + "<changeSet id=\"9\" author=\"ana\"><sql>SELECT 'ä€😀'  x;</sql></changeSet>\n"
            + "<changeSet id=\"10\" author=\"ana\"><sqlFile path=\"g.sql\"/></changeSet>\n"
            + "<changeSet id=\"11\" author=\"ana\"><sqlFile path=\"f.sql\"/><sql>SELECT 2</sql></changeSet>\n"
            + "<changeSet id=\"14\" author=\"ana\"><sql>SELECT '${owner} ${unknown}'</sql></changeSet>\n"
            + "<changeSet id=\"15\" author=\"ana\"><sql>A <!-- no --> B</sql></changeSet>\n"
            + "<changeSet id=\"16\" author=\"ana\"><createTable tableName=\"a\"/></changeSet>\n"
            + "</databaseChangeLog>");
    file("f.sql", "SELECT 1;\r\nSELECT '${owner} ${unknown}';\n-- c\n");
    file("g.sql", "\ufeffSELECT 1;\f\u000bSELECT 2;");
    assertEquals(
        Map.ofEntries(
            Map.entry("1::ana", "9:0a7ed49c904abc7110aa09324b49f106"),
            Map.entry("2::ana", "9:f1b8a62d1a253296d56d44c614b83abf"),
            Map.entry("3::ana", "9:412144e03e020cec12a721aea401fe09"),
            Map.entry("4::ana", "9:0a7ed49c904abc7110aa09324b49f106"),
            Map.entry("6::ana", "9:0a7ed49c904abc7110aa09324b49f106"),
            Map.entry("9::ana", "9:40fe29b9b4c1816e5072cabfe5c40953"),
            Map.entry("10::ana", "9:9a1f0daa09941b2592c8362edccb0a8f"),
            Map.entry("11::ana", "9:1096ad10f68f014ccb1bb878bb9064d3"),
            Map.entry("14::ana", "9:a3509577f4552acc4ff010fb6fbf798c"),
            Map.entry("15::ana", "9:5d5d7e8c8910cc102d694d665914fda7")),
        checksums());
    Files.delete(folder.resolve("changelog.xml"));
    file(
        "changelog.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: 1
              author: ana
              changes:
                - sql: {sql: "SELECT 1;"}
          - changeSet:
              id: 2
              author: ana
              changes:
                - sql:
                    sql: |
                      SELECT 1;
                        SELECT '${owner}';
          - changeSet:
              id: 8
              author: ana
              changes:
                - sql: {sql: "SELECT 1;"}
                - sql:
                    sql: >
                      SELECT 'é'
                      é b
        """);
    assertEquals(
        Map.of(
            "1::ana", "9:0a7ed49c904abc7110aa09324b49f106",
            "2::ana", "9:817d10975b659f4c011a18adef73a3cc",
            "8::ana", "9:a1b4f894dca9189699bb7ec65712f266"),
        checksums());
  }

  @Test
  void whatRunsOnChangeIsNotLeftOutWhereTheChangeIsNotKnown() throws IOException {
    file(
        "changelog.xml",
        XML
            + "<changeSet id=\"1\" author=\"ana\" runOnChange=\"true\"><sql>SELECT 1;</sql></changeSet>\n"
            + "<changeSet id=\"2\" author=\"ana\" runOnChange=\"true\"><createView viewName=\"v\">"
            + "SELECT 1</createView></changeSet>\n"
            + "<changeSet id=\"3\" author=\"ana\"><validCheckSum>9:0</validCheckSum><sql>SELECT 3</sql>"
            + "</changeSet>\n</databaseChangeLog>");
    MigrationFolder read = read();
    String one = "changelog.xml::1::ana";
    String two = "changelog.xml::2::ana";
    String three = "changelog.xml::3::ana";
    String own = "9:0a7ed49c904abc7110aa09324b49f106";
    assertEquals(
        List.of(two), again(read, Map.of(one, own, two, "9:1", three, "9:0")), "not known");
    assertEquals(List.of(one, two), again(read, Map.of(one, "9:1", two, "9:1", three, "9:0")));
    assertEquals(
        List.of(one), again(read, Map.of(one, "8:1"), two, three), "an older checksum, and none");
    assertEquals(List.of(three), again(read, Map.of(three, "9:1"), one, two), "is refused");
    PendingSet listed =
        read.tool().plan(read, new Selection.NotListed("applied", Set.of(one, two, three)));
    assertEquals(List.of(one, two), listed.migrations().stream().map(Migration::version).toList());
    assertTrue(
        listed.migrations().getFirst().notes().toString().contains("it counts as changed"),
        listed::toString);
  }

  private static List<String> again(
      MigrationFolder read, Map<String, String> recorded, String... withoutChecksum) {
    Set<String> versions = new HashSet<>(recorded.keySet());
    versions.addAll(List.of(withoutChecksum));
    return read
        .tool()
        .plan(
            read,
            new Selection.NotTracked(
                new LedgerFormat.Applied(
                    QualifiedName.of("public", "databasechangelog"), versions, recorded)))
        .migrations()
        .stream()
        .map(Migration::version)
        .toList();
  }

  @Test
  void aLedgerOfAnotherWorkingDirectoryIsUnderstood() throws IOException {
    file("changelog.sql", HEADER + "--changeset ana:1\nSELECT 1;\n");
    LedgerFormat format = read().tool().ledger().orElseThrow();
    assertEquals(
        Set.of("changelog.sql::1::ana", "old.sql::1::ana"),
        format
            .rows()
            .applied(
                QualifiedName.of("databasechangelog"),
                Stream.of("db/changelog.sql", "old.sql")
                    .map(
                        name ->
                            new LedgerFormat.Row("1", Map.of("author", "ana", "filename", name)))
                    .toList())
            .versions());
  }

  @Test
  void aFolderWithoutAChangelogIsNotOne() throws IOException {
    file("1_a.sql", "SELECT 1;");
    assertEquals(new Tool.Detection.Nothing(), new Liquibase().detect(FolderFiles.list(folder)));
  }
}
