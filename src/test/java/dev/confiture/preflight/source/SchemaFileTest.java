package dev.confiture.preflight.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.sql.Statement;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a schema file says, of the schema and of itself. */
final class SchemaFileTest {

  private static final Path DUMPS = Path.of("src", "test", "resources", "dumps");

  private final Path folder;

  SchemaFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void handWrittenScriptSaysNothingOfItself() throws IOException {
    SchemaText schema =
        SchemaFile.read(file("CREATE TABLE t (id int);\nCREATE TABLE u (id int)\n"));
    assertEquals(List.of("CREATE TABLE t (id int)", "CREATE TABLE u (id int)"), statements(schema));
    assertEquals(Optional.empty(), schema.serverVersion());
    assertEquals(Optional.empty(), schema.dumpVersion());
    assertEquals(Optional.empty(), schema.database());
    assertEquals(OptionalInt.empty(), schema.serverMajor());
  }

  @Test
  void dumpNamesItsVersions() {
    SchemaText schema = SchemaFile.read(DUMPS.resolve("shop-schema.sql"));
    assertEquals(Optional.of("15.18"), schema.serverVersion());
    assertEquals(Optional.of("15.18"), schema.dumpVersion());
    assertEquals(OptionalInt.of(15), schema.serverMajor());
    assertEquals(Optional.empty(), schema.database());
  }

  @ParameterizedTest
  @CsvSource({"17.2 (Ubuntu 17.2-1.pgdg24.04+1),17", "18beta1,18", "9.6.24,9", "16devel,16"})
  void serverVersionBeginsWithTheMajorOne(String version, int major) throws IOException {
    SchemaText schema =
        SchemaFile.read(file("-- Dumped from database version " + version + "\nSELECT 1;"));
    assertEquals(OptionalInt.of(major), schema.serverMajor());
  }

  @Test
  void versionsInTheBodyAreNotTheHeaders() throws IOException {
    String body = "CREATE TABLE t (id int);\n".repeat(100);
    SchemaText schema =
        SchemaFile.read(file(body + "COMMENT ON TABLE t IS '-- Dumped from database version 9';"));
    assertEquals(OptionalInt.empty(), schema.serverMajor());
  }

  /** pg_dumpall writes the roles first. */
  @Test
  void headerMayStandBehindTheRolesOfACluster() throws IOException {
    SchemaText schema =
        SchemaFile.read(
            file(
                "--\n-- PostgreSQL database cluster dump\n--\n\n"
                    + "CREATE ROLE somebody_with_a_name;\n".repeat(100)
                    + "\n\\connect shop\n\n--\n-- PostgreSQL database dump\n--\n\n"
                    + "-- Dumped from database version 15.18\n"
                    + "-- Dumped by pg_dump version 17.2\n\nSET lock_timeout = 0;\n"
                    + "--\n-- PostgreSQL database dump complete\n--\n\n"
                    + "--\n-- PostgreSQL database cluster dump complete\n--\n"));
    assertEquals(OptionalInt.of(15), schema.serverMajor());
    assertEquals(Optional.of("17.2"), schema.dumpVersion());
  }

  @Test
  void commentInABodyIsNotTheHeader() throws IOException {
    SchemaText schema =
        SchemaFile.read(
            file(
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n"
                    + "-- Dumped from database version 9.6\nSELECT 1 $$;"));
    assertEquals(OptionalInt.empty(), schema.serverMajor());
  }

  @Test
  void numberThatIsNoVersionIsNotTaken() throws IOException {
    SchemaText schema =
        SchemaFile.read(file("-- Dumped from database version 99999999999\nSELECT 1;"));
    assertEquals(OptionalInt.empty(), schema.serverMajor());
  }

  @Test
  void dumpWithCreateNamesItsDatabase() {
    assertEquals(
        Optional.of("shop"),
        SchemaFile.read(DUMPS.resolve("shop-create-with-rows.sql")).database());
  }

  @Test
  void databaseNameKeepsItsCaseInQuotes() throws IOException {
    assertEquals(
        Optional.of("My \"Shop\""),
        SchemaFile.read(file("CREATE DATABASE \"My \"\"Shop\"\"\" WITH ENCODING = 'UTF8';"))
            .database());
  }

  /** A second dump may be appended, of the tracking table's rows. */
  @Test
  void twoWholeDumpsAreOneSchema() throws IOException {
    String whole = Files.readString(DUMPS.resolve("shop-schema.sql"));
    assertEquals(
        2 * SchemaFile.read(file(whole)).script().statements().size(),
        SchemaFile.read(file(whole + whole)).script().statements().size());
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstStatement() throws IOException {
    SchemaText schema = SchemaFile.read(file("\uFEFFCREATE TABLE \"größe\" (id int);"));
    assertEquals(List.of("CREATE TABLE \"größe\" (id int)"), statements(schema));
  }

  @Test
  void dumpIsReadInTheEncodingThatItNames() throws IOException {
    assertEquals(
        List.of("SET client_encoding = 'LATIN1'", "CREATE TABLE \"Straße\" (id int)"),
        statements(
            SchemaFile.read(
                file(
                    "SET client_encoding = 'LATIN1';\nCREATE TABLE \"Straße\" (id int);",
                    StandardCharsets.ISO_8859_1))));
  }

  /** Written by pg_dump from names that were in the database as "StraÃ\u009Fe". */
  @Test
  void latin1DumpIsNotReadAsUtf8EvenWhereItCouldBe() {
    assertTrue(
        statements(SchemaFile.read(DUMPS.resolve("latin1.sql")))
            .contains("ALTER TABLE public.\"StraÃ\u009Fe\" OWNER TO postgres"));
  }

  @Test
  void windowsLineEndsAreNoPartOfStatements() throws IOException {
    assertEquals(
        List.of("SELECT 1", "SELECT 2"),
        statements(SchemaFile.read(file("SELECT 1;\r\nSELECT 2;\r\n"))));
  }

  private static List<String> statements(SchemaText schema) {
    return schema.script().statements().stream().map(Statement::text).toList();
  }

  private Path file(String text) throws IOException {
    return file(text, StandardCharsets.UTF_8);
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.writeString(folder.resolve("schema.sql"), text, charset);
  }
}
