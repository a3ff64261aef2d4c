package dev.confiture.preflight.postgres;

/** Quoting for names and literals that go into SQL (manual, 4.1.1 and 4.1.2). */
public final class Identifiers {

  private Identifiers() {}

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
