package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Literal;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command that a body ran, and the place in the body of the character that the server's position
 * points at: the command stands there as it is, or in a string, or it was put together of several.
 */
final class DynamicCommand {

  private static final String SELECT = "SELECT ";

  private final int[] command;
  private final int at;
  private final Literal body;
  private final int start;

  /**
   * Prepares to look for a command.
   *
   * @param position in the command, from 1
   * @param start the index in the body of the line that ran it
   */
  DynamicCommand(String command, int position, Literal body, int start) {
    this.command = command.codePoints().toArray();
    this.at = position - 1;
    this.body = body;
    this.start = start;
  }

  /** Returns the place; empty where commands of the line are too much alike to tell which ran. */
  Optional<Span> place() {
    if (at >= command.length) {
      return Optional.empty();
    }
    Set<Span> places = new LinkedHashSet<>();
    int from = start;
    do {
      List<Token> tokens = tokens(body, from);
      place(tokens, from).ifPresent(places::add);
      from = tokens.isEmpty() ? body.length() : tokens.getLast().end() + 1;
    } while (beginsOnLine(from));
    return places.size() == 1 ? places.stream().findFirst() : Optional.empty();
  }

  private Optional<Span> place(List<Token> tokens, int from) {
    int end = tokens.isEmpty() ? from : tokens.getLast().end();
    return asItStands(0, from, end)
        // Before 14 PL/pgSQL makes a query of an expression.
        .or(() -> startsWith(SELECT) ? asItStands(SELECT.length(), from, end) : Optional.empty())
        .or(() -> inStrings(tokens));
  }

  /** Returns true if a command begins at an index or behind it, on the line that ran. */
  private boolean beginsOnLine(int index) {
    for (int i = start; i < Math.min(index, body.length()); i++) {
      if (body.codePointAt(i) == '\n') {
        return false;
      }
    }
    for (int i = index; i < body.length() && body.codePointAt(i) != '\n'; i++) {
      if (!Character.isWhitespace(body.codePointAt(i)) && body.codePointAt(i) != ';') {
        return true;
      }
    }
    return false;
  }

  /** Returns the tokens of a body's command from an index on, to its semicolon. */
  static List<Token> tokens(Literal body, int start) {
    List<Token> tokens = new ArrayList<>();
    for (Token token : body.tokens()) {
      if (token.start() >= start) {
        if (!token.isMark(";")) {
          tokens.add(token);
        } else if (!tokens.isEmpty()) {
          break;
        }
      }
    }
    return tokens;
  }

  /** Returns the place of the name, or of the character, at an index of a string. */
  static Span name(Literal string, int index) {
    int end = index;
    boolean quoted = index < string.length() && string.codePointAt(index) == '"';
    if (quoted) {
      end++;
      while (end < string.length() && string.codePointAt(end) != '"') {
        end++;
      }
      end++;
    }
    while (!quoted && end < string.length() && isNamePart(string.codePointAt(end))) {
      end++;
    }
    int from = string.offset(index);
    return new Span(from, Math.max(string.offset(Math.max(end, index + 1)), from + 1));
  }

  private static boolean isNamePart(int codePoint) {
    return Character.isLetterOrDigit(codePoint) || codePoint == '_';
  }

  private boolean startsWith(String words) {
    return command.length > words.length()
        && at >= words.length()
        && new String(command, 0, words.length()).equals(words);
  }

  /**
   * Finds the command, but for its first characters, in the body: PL/pgSQL writes blanks for its
   * own INTO.
   */
  private Optional<Span> asItStands(int without, int start, int end) {
    for (int from = start; from < end; from++) {
      int i = without;
      while (i < command.length
          && from + i - without < body.length()
          && (command[i] == body.codePointAt(from + i - without)
              || (command[i] == ' ' && i > without))) {
        i++;
      }
      if (i == command.length) {
        return Optional.of(name(body, from + at - without));
      }
    }
    return Optional.empty();
  }

  /** Finds the string that the position is in: the longest that the command holds just once. */
  private Optional<Span> inStrings(List<Token> tokens) {
    Optional<Span> found = Optional.empty();
    int longest = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Literal string = Literal.of(tokens, i).within(body);
      if (string.length() > 0 && i > 1 && tokens.get(i - 2).is("format")) {
        Optional<Span> formatted = new Format(string, arguments(tokens, i + 1)).place();
        if (formatted.isPresent()) {
          return formatted;
        }
      }
      int first = indexOf(string, 0, string.length(), 0);
      if (string.length() > longest
          && first >= 0
          && first <= at
          && at < first + string.length()
          && indexOf(string, 0, string.length(), first + 1) < 0) {
        longest = string.length();
        found = Optional.of(name(string, at - first));
      }
    }
    return found;
  }

  /** Returns the index in the command at which a part of a string stands, -1 for nowhere. */
  private int indexOf(Literal string, int from, int to, int first) {
    for (int i = first; i + to - from <= command.length; i++) {
      int same = 0;
      while (same < to - from && command[i + same] == string.codePointAt(from + same)) {
        same++;
      }
      if (same == to - from) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the tokens of each argument from an index on. */
  private static List<List<Token>> arguments(List<Token> tokens, int from) {
    List<List<Token>> arguments = new ArrayList<>();
    int depth = 0;
    for (int i = from; i < tokens.size() && depth >= 0; i++) {
      Token token = tokens.get(i);
      depth += token.parenthesis();
      if (depth == 0 && token.isMark(",")) {
        arguments.add(new ArrayList<>());
      } else if (depth >= 0 && !arguments.isEmpty()) {
        arguments.getLast().add(token);
      }
    }
    return arguments;
  }

  /**
   * A call of <a
   * href="https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT">format</a>
   * that made the command.
   */
  private final class Format {

    private final Literal template;
    private final List<List<Token>> arguments;
    private int read;
    private int argument;

    Format(Literal template, List<List<Token>> arguments) {
      this.template = template;
      this.arguments = arguments;
    }

    /** Finds the part of the template, or the argument, that the position is in. */
    Optional<Span> place() {
      int made = 0;
      int specifier = -1;
      while (read < template.length()) {
        int chunk = read;
        while (read < template.length() && template.codePointAt(read) != '%') {
          read++;
        }
        boolean last = read == template.length() && specifier >= 0;
        int from = last ? Math.max(made, command.length - (read - chunk)) : made;
        int found = indexOf(template, chunk, read, from);
        if (found < made || (specifier < 0 && found > 0)) {
          return Optional.empty();
        }
        if (at < found) {
          return Optional.of(ofArgument(specifier));
        }
        if (at < found + read - chunk) {
          return Optional.of(name(template, chunk + at - found));
        }
        made = found + read - chunk;
        specifier = read;
        skipSpecifier();
      }
      return at >= made && specifier >= 0 ? Optional.of(ofArgument(specifier)) : Optional.empty();
    }

    private void skipSpecifier() {
      if (read < template.length()) {
        read++;
        int digits = read;
        while (read < template.length()
            && "-*$0123456789".indexOf(template.codePointAt(read)) >= 0) {
          read++;
        }
        boolean percent = read < template.length() && template.codePointAt(read) == '%';
        argument = digits < read ? -template.length() : argument + (percent ? 0 : 1);
        read = Math.min(read + 1, template.length());
      }
    }

    private Span ofArgument(int specifier) {
      List<Token> tokens =
          argument >= 1 && argument <= arguments.size() ? arguments.get(argument - 1) : List.of();
      return tokens.isEmpty()
          ? new Span(template.offset(specifier), template.offset(read))
          : new Span(body.offset(tokens.getFirst().start()), body.offset(tokens.getLast().end()));
    }
  }
}
