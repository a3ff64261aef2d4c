package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One SQL statement.
 *
 * @param start the offset of its first token
 * @param end the offset after its semicolon, or after its last token where it has none
 * @param tokens its tokens without blanks, comments and the semicolon; never empty
 */
public record Statement(SourceText source, int start, int end, List<Token> tokens)
    implements Piece {

  public Statement {
    tokens = List.copyOf(tokens);
  }

  /** Returns its text, without the semicolon and without blanks or comments around it. */
  public String text() {
    return source.substring(start, tokens.getLast().end());
  }

  /** Returns true if it starts with these keywords. */
  public boolean startsWith(String... keywords) {
    for (int i = 0; i < keywords.length; i++) {
      if (!is(i, keywords[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns true if the token of this index exists and is this keyword. */
  public boolean is(int index, String keyword) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(keyword);
  }

  /**
   * Returns true if the server reads it as one statement too, whatever its settings: its end may
   * hang on how a backslash is read.
   */
  public boolean isOneForTheServer() {
    String text = text();
    SourceText message = SourceText.of(text);
    return text.indexOf('\\') < 0
        || Stream.of(
                Splitter.ofMessage(message, 0, message.length()),
                Splitter.ofMessageWithEscapes(message))
            .allMatch(
                splitter -> {
                  List<Piece> pieces =
                      splitter.split().stream()
                          .filter(piece -> !(piece instanceof Piece.Trivia))
                          .toList();
                  return pieces.size() == 1
                      && pieces.getFirst() instanceof Statement alone
                      && alone.tokens().stream()
                          .noneMatch(token -> token.kind() == Token.Kind.UNTERMINATED);
                });
  }

  /**
   * Returns true if the statement says {@code IF EXISTS}, {@code IF NOT EXISTS} or {@code OR
   * REPLACE}.
   */
  public boolean isConditional() {
    for (int i = 1; i + 1 < tokens.size(); i++) {
      boolean exists =
          is(i, "if") && (is(i + 1, "exists") || (is(i + 1, "not") && is(i + 2, "exists")));
      if (exists || (is(i, "or") && is(i + 1, "replace"))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the identifiers that begin at a position: {@code t}, {@code c} of {@code t.c}. */
  public List<String> nameAt(Position position) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (source.position(tokens.get(i).start()).equals(position)) {
        for (int at = i; at < tokens.size() && tokens.get(at).isIdentifier(); at += 2) {
          names.add(tokens.get(at).identifier());
          if (at + 1 >= tokens.size() || !tokens.get(at + 1).isMark(".")) {
            break;
          }
        }
        break;
      }
    }
    return names;
  }

  /** Returns true for {@code COPY … FROM STDIN}: data lines follow it. */
  public boolean isCopyFromStdin() {
    return copied("from").filter(Statement::isClient).isPresent();
  }

  /** Returns true for {@code COPY … TO STDOUT}: the rows come to the client. */
  public boolean isCopyToStdout() {
    return copied("to").filter(Statement::isClient).isPresent();
  }

  /** Returns true for {@code COPY … FROM} a file or program of the server's machine. */
  public boolean isCopyFromServer() {
    return copied("from").filter(end -> !isClient(end)).isPresent();
  }

  /** The grammar takes either word in either direction (gram.y, copy_file_name). */
  private static boolean isClient(Token end) {
    return end.is("stdin") || end.is("stdout");
  }

  /** Returns what COPY reads from or writes to, if it goes in this direction. */
  private Optional<Token> copied(String direction) {
    int depth = 0;
    for (int i = 1; is(0, "copy") && i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.parenthesis();
      if (depth == 0 && (token.is("from") || token.is("to"))) {
        return Optional.of(tokens.get(i + 1)).filter(_ -> token.is(direction));
      }
    }
    return Optional.empty();
  }
}
