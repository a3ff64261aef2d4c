package dev.confiture.preflight.source;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/**
 * The encoding that a dump names in its {@code SET client_encoding}, under Java's name for it
 * (manual, 24.3.1 "Supported Character Sets").
 */
final class DumpEncoding {

  private static final String SETTING = "SET client_encoding = '";

  private DumpEncoding() {}

  static Optional<Charset> of(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, 8192), StandardCharsets.ISO_8859_1);
    int found = head.indexOf(SETTING);
    int close = found < 0 ? -1 : head.indexOf('\'', found + SETTING.length());
    return close < 0
        ? Optional.empty()
        : charset(head.substring(found + SETTING.length(), close).toUpperCase(Locale.ROOT));
  }

  private static Optional<Charset> charset(String encoding) {
    String name =
        switch (encoding) {
          case "LATIN1" -> "ISO-8859-1";
          case "LATIN2" -> "ISO-8859-2";
          case "LATIN3" -> "ISO-8859-3";
          case "LATIN4" -> "ISO-8859-4";
          case "LATIN5" -> "ISO-8859-9";
          case "LATIN7" -> "ISO-8859-13";
          case "LATIN9" -> "ISO-8859-15";
          case "LATIN10" -> "ISO-8859-16";
          case "ISO_8859_5", "ISO_8859_6", "ISO_8859_7", "ISO_8859_8" -> encoding.replace('_', '-');
          case "EUC_JP" -> "EUC-JP";
          case "EUC_KR" -> "EUC-KR";
          case "EUC_CN" -> "GB2312";
          case "UHC" -> "x-windows-949";
          case "JOHAB" -> "x-Johab";
          case "SJIS" -> "windows-31j";
          case "KOI8R" -> "KOI8-R";
          case "KOI8U" -> "KOI8-U";
          case "WIN866" -> "IBM866";
          case "WIN874" -> "x-windows-874";
          default -> encoding.startsWith("WIN") ? "windows-" + encoding.substring(3) : encoding;
        };
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }
}
