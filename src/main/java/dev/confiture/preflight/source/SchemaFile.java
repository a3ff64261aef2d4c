package dev.confiture.preflight.source;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.problem.SourceProblem;
import dev.confiture.preflight.sql.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a schema from a file. */
public final class SchemaFile {

  private SchemaFile() {}

  /**
   * Reads a file.
   *
   * @throws SourceProblem if the file cannot be read, holds no statement, is not SQL text, or is an
   *     incomplete dump
   */
  public static SchemaText read(Path file) {
    Script script = Script.of(SchemaFileDecoder.decode(file, bytes(file)));
    if (script.statements().isEmpty()) {
      throw new SourceProblem(
          "the schema file " + file + " holds no SQL statement",
          "make one with: pg_dump --schema-only --file=" + file + " <database>");
    }
    DumpComments comments = DumpComments.of(script);
    comments.refuseAsSchema(file, script);
    return new SchemaText(
        file.toString(),
        script,
        comments.serverVersion(),
        comments.dumpVersion(),
        createdDatabase(script));
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new SourceProblem(
            "the schema file " + file + " is a folder, perhaps an archive of pg_dump's",
            "write it as SQL first: pg_restore --schema-only --file=schema.sql " + file);
      }
      return InputFile.named(file, InputFile.SCHEMA);
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

  private static Optional<String> createdDatabase(Script script) {
    List<String> names =
        script.statements().stream()
            .filter(statement -> statement.startsWith("create", "database"))
            .filter(statement -> statement.tokens().size() > 2)
            .map(statement -> statement.tokens().get(2).identifier())
            .toList();
    // A file of pg_dumpall's makes several, of which nothing tells which one is meant.
    return names.size() == 1 ? names.stream().findFirst() : Optional.empty();
  }
}
