package dev.confiture.preflight.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.problem.Problem.SourceProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be a schema: the message names the file, the hint says what to do. */
final class RefusedFilesTest {

  private static final Path DUMPS = Path.of("src", "test", "resources", "dumps");
  private static final String SQL = "CREATE TABLE t (id int);\n";

  private final Path folder;
  private final Path file;

  RefusedFilesTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("schema.sql");
  }

  @Test
  void missingFile() {
    assertRefused(
        file, "the schema file %s does not exist", "check the path given with --schema-file");
  }

  @Test
  void emptyFile() throws IOException {
    Files.createFile(file);
    assertRefused(
        file,
        "the schema file %s is empty",
        "make one with: pg_dump --schema-only --file=%s <database>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "-- only a remark\n/* and /* a nested */ one */\n",
        ";;\n",
        "\uFEFF",
        "\\restrict abc\n\\unrestrict abc\n"
      })
  void fileWithoutStatement(String text) throws IOException {
    Files.writeString(file, text);
    assertRefused(
        file,
        "the schema file %s holds no SQL statement",
        "make one with: pg_dump --schema-only --file=%s <database>");
  }

  @Test
  void dumpThatIsCutOff() throws IOException {
    String whole = Files.readString(DUMPS.resolve("shop-schema.sql"));
    String message = "the schema file %s begins as a dump of pg_dump's and is cut off";
    String hint = "make it again; a whole one ends with \"-- PostgreSQL database dump complete\"";
    Files.writeString(file, whole.substring(0, whole.indexOf("CREATE POLICY")));
    assertRefused(file, message, hint);
    Files.writeString(file, whole + whole.substring(0, whole.indexOf("CREATE TABLE")));
    assertRefused(file, message, hint);
  }

  /** The roles' own rights are in no dump, so they could not make the objects. */
  @Test
  void dumpThatSetsOwnersBySession() throws IOException {
    String whole = Files.readString(DUMPS.resolve("shop-schema.sql"));
    int at = whole.indexOf("CREATE TABLE");
    long line = whole.substring(0, at).lines().count() + 1;
    Files.writeString(
        file, whole.substring(0, at) + "SET SESSION AUTHORIZATION 'shop';\n" + whole.substring(at));
    assertRefused(
        file,
        "the schema file %s makes objects in the name of their owners: SET SESSION AUTHORIZATION"
            + " at line "
            + line,
        "make it without pg_dump's --use-set-session-authorization");
  }

  /** {@code pg_dump --format=directory} writes one. */
  @Test
  void folder() {
    assertRefused(
        folder,
        "the schema file %s is a folder, perhaps an archive of pg_dump's",
        "write it as SQL first: pg_restore --schema-only --file=schema.sql %s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"custom-archive.dump", "lending.tar"})
  void archiveOfPgDumps(String name) {
    assertRefused(
        DUMPS.resolve(name),
        "the schema file %s is an archive of pg_dump's, not SQL text",
        "write it as SQL first: pg_restore --schema-only --file=schema.sql %s");
  }

  static Stream<byte[]> compressed() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(SQL.getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("schema.sql"));
      out.write(SQL.getBytes(StandardCharsets.UTF_8));
    }
    return Stream.of(
        gzip.toByteArray(),
        zip.toByteArray(),
        // The magic numbers of zstd (RFC 8878), xz, bzip2 and lz4's frames.
        new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x24, 0x05},
        new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0, 0},
        "BZh91AY&SY".getBytes(StandardCharsets.US_ASCII),
        new byte[] {0x04, 0x22, 0x4D, 0x18, 0x64, 0x40});
  }

  @ParameterizedTest
  @MethodSource("compressed")
  void compressedFile(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertRefused(
        file,
        "the schema file %s is compressed",
        "decompress it first, with gunzip, unzstd or the like");
  }

  /** Java's UTF-16 writes a byte order mark, as PowerShell's {@code >} does. */
  @Test
  void utf16() throws IOException {
    Files.writeString(file, SQL, StandardCharsets.UTF_16);
    assertRefused(
        file,
        "the schema file %s is in UTF-16",
        "make one in UTF-8 with: pg_dump --schema-only --encoding=UTF8");
  }

  @Test
  void utf16WithoutMark() throws IOException {
    Files.writeString(file, SQL, StandardCharsets.UTF_16LE);
    assertRefused(
        file,
        "the schema file %s is not SQL text: it holds a zero byte at offset 1",
        "UTF-16 is not read; make one with: pg_dump --schema-only --encoding=UTF8");
  }

  @Test
  void latin1ThatDoesNotSaySo() throws IOException {
    Files.writeString(
        file, SQL + "CREATE TABLE \"Straße\" (id int);\n", StandardCharsets.ISO_8859_1);
    assertRefused(
        file,
        "the schema file %s is not UTF-8: line 2, byte 0xDF",
        "dump it with pg_dump --encoding=UTF8");
  }

  /** 0xFF is never a byte of EUC_JP. */
  @Test
  void fileThatIsNotInTheEncodingItNames() throws IOException {
    Files.writeString(
        file, "SET client_encoding = 'EUC_JP';\nSELECT 'ÿ';\n", StandardCharsets.ISO_8859_1);
    assertRefused(
        file,
        "the schema file %s is not in the encoding that it names, EUC-JP",
        "dump it with pg_dump --encoding=UTF8");
  }

  /** {@code %s} stands for the file. */
  private static void assertRefused(Path file, String message, String hint) {
    SourceProblem problem = assertThrows(SourceProblem.class, () -> SchemaFile.read(file));
    assertEquals(message.replace("%s", file.toString()), problem.text());
    assertEquals(hint.replace("%s", file.toString()), problem.hint().orElse(""));
  }
}
