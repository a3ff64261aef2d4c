package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A text as the <a href="https://supabase.com/docs/reference/cli/supabase-db-push">supabase</a> CLI
 * cuts it: at each semicolon outside quotes, comments, dollar quotes, parentheses and the body that
 * follows ATOMIC.
 *
 * <p>It is not PostgreSQL's way, and this is the CLI's to the letter: a backslash takes the meaning
 * of the next character outside quotes only, so that {@code E'a\'b'} is left open; the first
 * closing parenthesis closes all, and the first {@code end} ends the body, be it that of a CASE or
 * of a longer word.
 *
 * @param starts where each part begins; it ends where the next begins
 * @param statements what is sent of each part, and recorded: none is blank
 */
record SupabaseText(List<Integer> starts, List<String> statements) {

  private static final String ATOMIC = "atomic";
  private static final String END = "end";

  SupabaseText {
    starts = List.copyOf(starts);
    statements = List.copyOf(statements);
  }

  /** Cuts a text. */
  static SupabaseText of(SourceText text) {
    Reader reader = new Reader(text);
    List<Integer> starts = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    int from = 0;
    State state = new Ready();
    for (int i = 0; i < text.length(); i++) {
      Optional<State> next = reader.next(state, from, i);
      state = next.orElseGet(Ready::new);
      if (next.isEmpty() || i == text.length() - 1) {
        String sent = text.substring(from, i + 1).replaceFirst(";+\\z", "").strip();
        if (!sent.isEmpty()) {
          starts.add(from);
          statements.add(sent);
        }
        from = i + 1;
      }
    }
    return new SupabaseText(starts, statements);
  }

  /** Tells what the text before a character has opened. */
  private sealed interface State {}

  private record Ready() implements State {}

  /** Behind one dash. */
  private record Dash() implements State {}

  /** Behind a slash, or in a comment. */
  private record Block(int depth) implements State {}

  private record Quote(int delimiter, boolean closed) implements State {}

  /** In a dollar quote or a comment that ends with its line. */
  private record Until(String delimiter) implements State {}

  /** In what may become the tag of a dollar quote. */
  private record Tag(int start) implements State {}

  /** Behind a backslash. */
  private record Escape() implements State {}

  /** In parentheses, or in a body behind ATOMIC. */
  private record Nested(State inner, String delimiter) implements State {}

  /**
   * Tells what a character opens and closes.
   *
   * @param text what is cut
   */
  private record Reader(SourceText text) {

    /** Returns the state behind the character at an offset; empty where a part ends there. */
    private Optional<State> next(State state, int from, int at) {
      int read = text.codePointAt(at);
      return switch (state) {
        case Ready ready -> ready(ready, read, from, at);
        case Dash _ ->
            read == '-' ? Optional.of(new Until("\n")) : ready(new Ready(), read, from, at);
        case Block(int depth) -> block(depth, read, from, at);
        case Quote(int delimiter, boolean closed) -> {
          if (!closed) {
            yield Optional.of(new Quote(delimiter, read == delimiter));
          }
          yield read == delimiter
              ? Optional.of(new Quote(delimiter, false))
              : ready(new Ready(), read, from, at);
        }
        case Until until ->
            Optional.of(endsWith(until.delimiter(), from, at) ? new Ready() : until);
        case Tag(int start) -> tag(start, read, from, at);
        case Escape _ -> Optional.of(new Ready());
        case Nested(State inner, String delimiter) -> {
          State within = next(inner, from, at).orElse(inner);
          yield Optional.of(
              within instanceof Ready && endsWith(delimiter, from, at, Character::toLowerCase)
                  ? new Ready()
                  : new Nested(within, delimiter));
        }
      };
    }

    private Optional<State> ready(Ready ready, int read, int from, int at) {
      return switch (read) {
        case '$' -> Optional.of(new Tag(at));
        case '\'', '"' -> Optional.of(new Quote(read, false));
        case '-' -> Optional.of(new Dash());
        case '/' -> Optional.of(new Block(0));
        case '\\' -> Optional.of(new Escape());
        case ';' -> Optional.empty();
        case '(' -> Optional.of(new Nested(ready, ")"));
        case 'c', 'C' -> {
          int before = at - ATOMIC.length();
          yield Optional.of(
              before >= from
                      && endsWith(ATOMIC, from, at, Character::toLowerCase)
                      && Character.isWhitespace(text.codePointAt(before))
                  ? new Nested(ready, END)
                  : ready);
        }
        default -> Optional.of(ready);
      };
    }

    private Optional<State> block(int depth, int read, int from, int at) {
      if (endsWith("/*", from, at)) {
        return Optional.of(new Block(depth + 1));
      }
      if (depth == 0) {
        return ready(new Ready(), read, from, at);
      }
      int left = endsWith("*/", from, at) ? depth - 1 : depth;
      return Optional.of(left == 0 ? new Ready() : new Block(left));
    }

    /** A letter of several bytes breaks a tag: the CLI reads it again at each byte. */
    private Optional<State> tag(int start, int read, int from, int at) {
      if (read == '$') {
        return Optional.of(new Until(text.substring(start, at + 1)));
      }
      return read < 128 && (Character.isLetterOrDigit(read) || read == '_')
          ? Optional.of(new Tag(start))
          : ready(new Ready(), read, from, at);
    }

    /** Returns true if what was read of this part ends in this ASCII. */
    private boolean endsWith(String delimiter, int from, int at) {
      return endsWith(delimiter, from, at, IntUnaryOperator.identity());
    }

    private boolean endsWith(String delimiter, int from, int at, IntUnaryOperator letter) {
      int start = at + 1 - delimiter.length();
      for (int i = 0; i < delimiter.length(); i++) {
        if (start < from || letter.applyAsInt(text.codePointAt(start + i)) != delimiter.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
