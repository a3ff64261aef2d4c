package dev.confiture.preflight.postgres;

/** Names and literals as SQL has them (manual, 4.1.1 and 4.1.2). */
public final class Identifiers {

  /** How many bytes of a name count: {@code NAMEDATALEN - 1} of an ordinary build. */
  static final int LONGEST = 63;

  private Identifiers() {}

  /** The name as the server has it: what is too long is cut, with a notice. */
  public static String truncated(String name) {
    return name.length() * 3 <= LONGEST ? name : cut(name, LONGEST);
  }

  /** As much of the name as these bytes hold, in whole characters. */
  static String cut(String name, int most) {
    int bytes = 0;
    int end = 0;
    while (end < name.length()) {
      int character = name.codePointAt(end);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > most) {
        break;
      }
      end += Character.charCount(character);
    }
    return name.substring(0, end);
  }

  /** The name in double quotes, always: a name of ours is never folded. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The qualified name, each part quoted. */
  public static String quote(QualifiedName name) {
    return name.schema().map(s -> quote(s) + ".").orElse("") + quote(name.name());
  }

  /** The text as a literal that means the same under either {@code standard_conforming_strings}. */
  public static String literal(String text) {
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }
}
