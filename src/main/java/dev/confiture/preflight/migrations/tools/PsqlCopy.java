package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Locale;

/**
 * A {@code \copy} of psql's, whose line is the server's COPY but for a file of the client's; no
 * variable is replaced in it.
 */
sealed interface PsqlCopy {

  /**
   * It copies from psql's input, or to its output.
   *
   * @param length the length of the server's statement
   */
  record Client(int length) implements PsqlCopy {}

  /**
   * It copies from a file.
   *
   * @param name the file's
   * @param from where the name stands in the line, as written
   * @param to where it ends
   * @param length the length of the line without a semicolon at its end
   */
  record OfFile(String name, int from, int to, int length) implements PsqlCopy {}

  /**
   * It does what is never done here.
   *
   * @param deed what it does: {@code runs a program}
   */
  record Never(String deed) implements PsqlCopy {}

  /** It is no COPY. */
  record Malformed() implements PsqlCopy {}

  /** Reads a line without its backslash: {@code copy t from 'a.csv' csv}. */
  static PsqlCopy of(String line) {
    int length = line.stripTrailing().replaceFirst("[\\s;]+$", "").length();
    List<Statement> statements = Script.of(SourceText.of(line)).statements();
    int depth = 0;
    boolean from = false;
    int target = -1;
    for (Token token : statements.isEmpty() ? List.<Token>of() : statements.getFirst().tokens()) {
      depth += token.parenthesis();
      if (depth == 0 && (token.is("from") || token.is("to"))) {
        from = token.is("from");
        target = line.offsetByCodePoints(0, token.end());
        break;
      }
    }
    while (target >= 0 && target < length && Character.isWhitespace(line.charAt(target))) {
      target++;
    }
    return target < 0 || target >= length ? new Malformed() : of(line, from, target, length);
  }

  private static PsqlCopy of(String line, boolean from, int target, int length) {
    boolean quoted = line.charAt(target) == '\'';
    int end = target + 1;
    while (end < length
        && (quoted
            ? line.charAt(end) != '\'' || (end + 1 < length && line.charAt(end + 1) == '\'')
            : !Character.isWhitespace(line.charAt(end)) && line.charAt(end) != ';')) {
      end += quoted && line.charAt(end) == '\'' ? 2 : 1;
    }
    end = quoted ? Math.min(end + 1, length) : end;
    String word = line.substring(target, end);
    String options = line.substring(end, length);
    if (!quoted && word.equalsIgnoreCase("program")) {
      return new Never("runs a program");
    }
    if (!quoted && (word.equalsIgnoreCase("pstdin") || word.equalsIgnoreCase("pstdout"))) {
      return from ? new Never("reads the input of psql") : new Never("writes to psql's output");
    }
    boolean client = word.equalsIgnoreCase("stdin") || word.equalsIgnoreCase("stdout");
    if (options.toLowerCase(Locale.ROOT).contains("binary")) {
      return new Never("copies binary data");
    }
    if (!quoted && client) {
      return new Client(points(line, length));
    }
    return from
        ? new OfFile(
            quoted ? word.substring(1, word.length() - 1).replace("''", "'") : word,
            points(line, target),
            points(line, end),
            points(line, length))
        : new Never("writes a file");
  }

  private static int points(String line, int index) {
    return line.codePointCount(0, index);
  }
}
