package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Blanks the lines that hold only BEGIN or COMMIT, which confiture removes since it opens the
 * transaction itself.
 *
 * <p>Blanks keep the positions. A PL/pgSQL body's BEGIN stands in a string, and stays, as does that
 * of an SQL body.
 */
final class TransactionWrapper {

  private TransactionWrapper() {}

  static String blanked(Script script) {
    String text = script.source().text();
    StringBuilder out = null;
    for (Token word : words(script)) {
      if (isRemoved(script.source(), word)) {
        out = out == null ? new StringBuilder(text) : out;
        int line = script.source().position(word.start()).line();
        // A wrapper line holds ASCII only, but what stands before it may not: go by characters.
        int from = text.offsetByCodePoints(0, script.source().lineStart(line));
        int to = from + script.source().line(line).length();
        for (int i = from; i < to; i++) {
          out.setCharAt(i, ' ');
        }
      }
    }
    return out == null ? text : out.toString();
  }

  /** Returns the words within statements too: the one before COMMIT may lack its semicolon. */
  private static List<Token> words(Script script) {
    List<Token> words = new ArrayList<>();
    for (Statement statement : script.statements()) {
      boolean sqlBody = statement.tokens().stream().anyMatch(token -> token.is("atomic"));
      statement.tokens().stream().limit(sqlBody ? 1 : Long.MAX_VALUE).forEach(words::add);
    }
    return words;
  }

  /** Returns true if the tool removes the line that a word stands on. */
  static boolean isRemoved(SourceText source, Token word) {
    return (word.is("begin") || word.is("commit")) && standsAlone(source, word);
  }

  /** Returns true if the token's line holds nothing else but perhaps a semicolon. */
  private static boolean standsAlone(SourceText source, Token word) {
    String line = source.line(source.position(word.start()).line()).strip();
    String bare = line.endsWith(";") ? line.substring(0, line.length() - 1).strip() : line;
    return bare.equalsIgnoreCase(word.text());
  }
}
