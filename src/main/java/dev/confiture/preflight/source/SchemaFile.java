package dev.confiture.preflight.source;

import dev.confiture.preflight.problem.SourceProblem;
import dev.confiture.preflight.sql.DecodedText.UndecodableText;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a schema from a file. */
public final class SchemaFile {

  private SchemaFile() {}

  /**
   * Reads the file.
   *
   * @throws SourceProblem if it cannot be read, holds no statement, is not SQL text, or is a dump
   *     that is cut off
   */
  public static SchemaText read(Path file) {
    byte[] bytes = bytes(file);
    FileFormat.refusal(file, bytes).ifPresent(SchemaFile::refuse);
    SourceText source = text(file, bytes);
    Script script = Script.of(source);
    if (script.statements().isEmpty()) {
      throw new SourceProblem(
          "the schema file " + file + " holds no SQL statement",
          "make one with: pg_dump --schema-only --file=" + file + " <database>");
    }
    DumpComments comments = DumpComments.of(script);
    comments.refusal(file, script).ifPresent(SchemaFile::refuse);
    return new SchemaText(
        file.toString(),
        script,
        comments.serverVersion(),
        comments.dumpVersion(),
        createdDatabase(script));
  }

  private static void refuse(SourceProblem problem) {
    throw problem;
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new SourceProblem(
            "the schema file " + file + " is a folder, perhaps an archive of pg_dump's",
            "write it as SQL first: pg_restore --schema-only --file=schema.sql " + file);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new SourceProblem(
          "the schema file " + file + " does not exist",
          "check the path given with --schema-file",
          missing);
    } catch (IOException unreadable) {
      throw new SourceProblem(
          "the schema file " + file + " cannot be read", "check its permissions", unreadable);
    }
  }

  /** In the encoding that the file names, else in UTF-8. */
  private static SourceText text(Path file, byte[] bytes) {
    Optional<Charset> named =
        DumpEncoding.of(bytes).filter(charset -> !charset.equals(StandardCharsets.UTF_8));
    if (named.isPresent()) {
      return decode(file, bytes, named.get());
    }
    return switch (SourceText.decode(bytes)) {
      case SourceText text -> text;
      case UndecodableText undecodable ->
          throw new SourceProblem(
              "the schema file %s is not UTF-8: line %d, byte 0x%02X"
                  .formatted(file, undecodable.line(), undecodable.byteValue()),
              "dump it with pg_dump --encoding=UTF8");
    };
  }

  private static Optional<String> createdDatabase(Script script) {
    return script.statements().stream()
        .filter(statement -> statement.startsWith("create", "database"))
        .filter(statement -> statement.tokens().size() > 2)
        .findFirst()
        .map(statement -> statement.tokens().get(2).identifier());
  }

  private static SourceText decode(Path file, byte[] bytes, Charset charset) {
    try {
      return SourceText.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException wrong) {
      throw new SourceProblem(
          "the schema file " + file + " is not in the encoding that it names, " + charset,
          "dump it with pg_dump --encoding=UTF8",
          wrong);
    }
  }
}
