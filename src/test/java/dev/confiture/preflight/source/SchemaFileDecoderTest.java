package dev.confiture.preflight.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL's <a href="https://www.postgresql.org/docs/current/multibyte.html">names of
 * encodings</a>, and Java's.
 */
final class SchemaFileDecoderTest {

  /** A byte sequence of the encoding, in hexadecimal, and the character that it is there. */
  @ParameterizedTest
  @CsvSource({
    "UTF8,C39F,ß",
    "LATIN1,DF,ß",
    "LATIN2,B1,ą",
    "LATIN5,FE,ş",
    "LATIN7,D0,Š",
    "LATIN9,A4,€",
    "ISO_8859_5,B0,А",
    "ISO_8859_7,E1,α",
    "ISO_8859_8,E0,א",
    "WIN866,80,А",
    "WIN874,80,€",
    "WIN1250,B9,ą",
    "WIN1251,C0,А",
    "WIN1252,80,€",
    "WIN1258,FE,₫",
    "KOI8R,E1,А",
    "KOI8U,A4,є",
    "EUC_JP,C6FC,日",
    "EUC_KR,C7D1,한",
    "EUC_CN,D6D0,中",
    "SJIS,93FA,日",
    "BIG5,A4A4,中",
    "GBK,D6D0,中",
    "GB18030,D6D0,中",
    "UHC,B0A1,가",
    "JOHAB,8861,가"
  })
  void encodingIsUnderstood(String name, String bytes, String character) {
    Charset charset = named("SET client_encoding = '" + name + "';\n").orElseThrow();
    assertEquals(character, new String(HexFormat.of().parseHex(bytes), charset), charset.name());
  }

  @Test
  void nameMayBeInLowerCase() {
    assertEquals(
        Optional.of(StandardCharsets.ISO_8859_1), named("SET client_encoding = 'latin1';"));
  }

  /** None of these is an encoding that Java could read the file in. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (id int);",
        "SET client_encoding = 'SQL_ASCII';",
        "SET client_encoding = 'MULE_INTERNAL';",
        "SET client_encoding = 'no such encoding';",
        "SET client_encoding = '';",
        "SET client_encoding = 'UTF8"
      })
  void noEncodingIsNamed(String script) {
    assertEquals(Optional.empty(), named(script));
  }

  private static Optional<Charset> named(String script) {
    return SchemaFileDecoder.namedEncoding(script.getBytes(StandardCharsets.US_ASCII));
  }
}
