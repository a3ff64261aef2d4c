package dev.confiture.preflight.source;

import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.SourceText.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Decodes the bytes of a schema file, and refuses those that are not SQL text. */
final class SchemaFileDecoder {

  private static final int TAR_MAGIC_OFFSET = 257;
  private static final int HEAD = 8192;
  private static final String SETTING = "SET client_encoding = '";

  private SchemaFileDecoder() {}

  /**
   * Decodes a file in the encoding that its {@code SET client_encoding} names, else as UTF-8.
   *
   * @throws SourceProblem if it is no SQL text, or not in its encoding
   */
  static SourceText decode(Path file, byte[] bytes) {
    refuseOtherFormats(file, bytes);
    Optional<Charset> named =
        namedEncoding(bytes).filter(charset -> !charset.equals(StandardCharsets.UTF_8));
    if (named.isPresent()) {
      return decode(file, bytes, named.get());
    }
    return switch (SourceText.decode(bytes)) {
      case Decoded.Decodable(SourceText text) -> text;
      case Decoded.Undecodable undecodable ->
          throw new SourceProblem(
              "the schema file %s is not UTF-8: line %d, byte 0x%02X"
                  .formatted(file, undecodable.line(), undecodable.byteValue()),
              "dump it with pg_dump --encoding=UTF8");
    };
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

  /** Returns the encoding that the file names, if Java has it. */
  static Optional<Charset> namedEncoding(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    int found = head.indexOf(SETTING);
    int close = found < 0 ? -1 : head.indexOf('\'', found + SETTING.length());
    return close < 0
        ? Optional.empty()
        : charset(head.substring(found + SETTING.length(), close).toUpperCase(Locale.ROOT));
  }

  private static Optional<Charset> charset(String encoding) {
    String name =
        encodings()
            .getProperty(
                encoding,
                encoding.startsWith("WIN") ? "windows-" + encoding.substring(3) : encoding);
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  private static Properties encodings() {
    Properties encodings = new Properties();
    try (InputStream in = SchemaFileDecoder.class.getResourceAsStream("encodings.properties")) {
      encodings.load(Objects.requireNonNull(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading a resource of the program's own", unreadable);
    }
    return encodings;
  }

  /** Recognises other formats by their first bytes. */
  private static void refuseOtherFormats(Path file, byte[] bytes) {
    if (bytes.length == 0) {
      throw problem(
          file, "is empty", "make one with: pg_dump --schema-only --file=" + file + " <database>");
    }
    if (startsWith(bytes, 0, "PGDMP") || startsWith(bytes, TAR_MAGIC_OFFSET, "ustar")) {
      throw problem(
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
      throw problem(file, "is compressed", "decompress it first, with gunzip, unzstd or the like");
    }
    if (startsWith(bytes, 0, "\u00ff\u00fe") || startsWith(bytes, 0, "\u00fe\u00ff")) {
      throw problem(
          file, "is in UTF-16", "make one in UTF-8 with: pg_dump --schema-only --encoding=UTF8");
    }
    for (int i = 0; i < Math.min(bytes.length, HEAD); i++) {
      if (bytes[i] == 0) {
        throw problem(
            file,
            "is not SQL text: it holds a zero byte at offset " + i,
            "UTF-16 is not read; make one with: pg_dump --schema-only --encoding=UTF8");
      }
    }
  }

  private static SourceProblem problem(Path file, String what, String hint) {
    return new SourceProblem("the schema file " + file + " " + what, hint);
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
