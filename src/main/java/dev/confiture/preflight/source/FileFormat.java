package dev.confiture.preflight.source;

import dev.confiture.preflight.problem.SourceProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Files that are not SQL text, known by their first bytes. */
final class FileFormat {

  private static final int TAR_MAGIC_OFFSET = 257;

  private FileFormat() {}

  /** Why the file cannot be restored as it is, and what to do. */
  static Optional<SourceProblem> refusal(Path file, byte[] bytes) {
    if (bytes.length == 0) {
      return problem(
          file, "is empty", "make one with: pg_dump --schema-only --file=" + file + " <database>");
    }
    if (startsWith(bytes, 0, "PGDMP") || startsWith(bytes, TAR_MAGIC_OFFSET, "ustar")) {
      return problem(
          file,
          "is an archive of pg_dump's, not SQL text",
          "write it as SQL first: pg_restore --schema-only --file=schema.sql " + file);
    }
    if (startsWith(bytes, 0, "\u001f\u008b")
        || startsWith(bytes, 0, "(\u00b5/\u00fd")
        || startsWith(bytes, 0, "\u00fd7zXZ")
        || startsWith(bytes, 0, "BZh")
        || startsWith(bytes, 0, "PK\u0003\u0004")
        || startsWith(bytes, 0, "\u0004\"M\u0018")) {
      return problem(file, "is compressed", "decompress it first, with gunzip, unzstd or the like");
    }
    if (startsWith(bytes, 0, "\u00ff\u00fe") || startsWith(bytes, 0, "\u00fe\u00ff")) {
      return problem(
          file, "is in UTF-16", "make one in UTF-8 with: pg_dump --schema-only --encoding=UTF8");
    }
    for (int i = 0; i < Math.min(bytes.length, 8192); i++) {
      if (bytes[i] == 0) {
        return problem(
            file,
            "is not SQL text: it holds a zero byte at offset " + i,
            "UTF-16 is not read; make one with: pg_dump --schema-only --encoding=UTF8");
      }
    }
    return Optional.empty();
  }

  private static Optional<SourceProblem> problem(Path file, String what, String hint) {
    return Optional.of(new SourceProblem("the schema file " + file + " " + what, hint));
  }

  private static boolean startsWith(byte[] bytes, int offset, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < wanted.length; i++) {
      if (offset + i >= bytes.length || bytes[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
