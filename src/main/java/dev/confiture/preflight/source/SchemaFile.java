package dev.confiture.preflight.source;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.sql.Piece.Trivia;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
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
        createdDatabase(script),
        Undumped.NONE);
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

  /**
   * The comments that {@code pg_dump} and {@code pg_dumpall} write before a database's first
   * statement and behind its last.
   *
   * @param serverVersion the version of the server that was dumped
   * @param dumpVersion the version of the pg_dump that wrote it
   */
  private record DumpComments(Optional<String> serverVersion, Optional<String> dumpVersion) {

    private static final String DUMPED_FROM = "-- Dumped from database version ";
    private static final String DUMPED_BY = "-- Dumped by pg_dump version ";

    /** Reads the first comments: pg_dumpall writes all roles before its first database. */
    static DumpComments of(Script script) {
      return new DumpComments(lineAfter(script, DUMPED_FROM), lineAfter(script, DUMPED_BY));
    }

    /**
     * Refuses a dump that cannot be restored as production's schema; another script may do
     * anything.
     *
     * @throws SourceProblem if it is incomplete, or sets owners by SET SESSION AUTHORIZATION
     */
    void refuseAsSchema(Path file, Script script) {
      String text = script.source().text();
      if (isCutOff(text, "database") || isCutOff(text, "database cluster")) {
        // Constraints and indexes stand at a dump's end: without them too much would pass.
        throw new SourceProblem(
            "the schema file " + file + " begins as a dump of pg_dump's and is cut off",
            "make it again; a whole one ends with \"-- PostgreSQL database dump complete\"");
      }
      if (dumpVersion.isEmpty()) {
        return;
      }
      for (Statement statement : script.statements()) {
        if (setsOwnersBySession(statement)) {
          throw new SourceProblem(
              "the schema file "
                  + file
                  + " makes objects in the name of their owners: SET SESSION AUTHORIZATION at line "
                  + script.source().position(statement.start()).line(),
              "make it without pg_dump's --use-set-session-authorization");
        }
      }
    }

    private static boolean setsOwnersBySession(Statement statement) {
      return statement.startsWith("set", "session", "authorization") && !statement.is(3, "default");
    }

    private static boolean isCutOff(String text, String what) {
      String begin = "-- PostgreSQL " + what + " dump";
      // The last line begins as the first one does.
      return lines(text, begin) > 2 * lines(text, begin + " complete");
    }

    private static int lines(String text, String start) {
      int lines = 0;
      for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
        lines += at == 0 || text.charAt(at - 1) == '\n' ? 1 : 0;
      }
      return lines;
    }

    /** Looks between the statements only: comments in a function's body are not the dump's. */
    private static Optional<String> lineAfter(Script script, String prefix) {
      if (!script.source().text().contains(prefix)) {
        return Optional.empty();
      }
      return script.pieces().stream()
          .filter(Trivia.class::isInstance)
          .map(comment -> script.source().substring(comment.start(), comment.end()))
          .flatMap(comment -> wordAfter(comment, prefix).stream())
          .findFirst();
    }

    private static Optional<String> wordAfter(String text, String prefix) {
      int found = text.indexOf(prefix);
      if (found < 0 || (found > 0 && text.charAt(found - 1) != '\n')) {
        return Optional.empty();
      }
      int start = found + prefix.length();
      int end = start;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      return Optional.of(text.substring(start, end)).filter(word -> !word.isEmpty());
    }
  }
}
