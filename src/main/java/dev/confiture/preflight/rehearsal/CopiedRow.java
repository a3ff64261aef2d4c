package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.CallStack.Frame;
import dev.confiture.preflight.sql.Literal;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The row of <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>'s data that
 * an error is about, or the value in it.
 *
 * <p>The server counts rows in its text format, and lines in CSV, where it tells the last line of a
 * row; the header is one of them.
 */
final class CopiedRow {

  private final SourceText source;
  private final Piece.CopyData data;
  private final List<Token> copy;
  private final boolean csv;
  private final int delimiter;
  private final int quote;
  private final int escape;

  private CopiedRow(SourceText source, Piece.CopyData data) {
    this.source = source;
    this.data = data;
    this.copy = data.copy().tokens();
    this.csv = copy.stream().anyMatch(token -> token.is("csv") || isCsv(token));
    this.delimiter = option("delimiter", "delimiters").orElse(csv ? ',' : '\t');
    this.quote = option("quote", "quote").orElse('"');
    this.escape = option("escape", "escape").orElse(quote);
  }

  static Optional<Span> offsets(Script script, Statement failed, ServerError error) {
    if (!failed.isCopyFromStdin()) {
      return Optional.empty();
    }
    for (Piece piece : script.pieces()) {
      if (piece instanceof Piece.CopyData data && data.copy().start() == failed.start()) {
        for (Frame frame : CallStack.of(error).frames()) {
          if (frame instanceof Frame.Row(String text)) {
            return new CopiedRow(script.source(), data).find(text);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isCsv(Token token) {
    return token.kind() == Token.Kind.STRING
        && token.stringValue().toLowerCase(Locale.ROOT).equals("csv");
  }

  /** Returns the character that an option of the statement names; {@code E'\t'} is a tab. */
  private OptionalInt option(String name, String older) {
    for (int i = 1; i + 1 < copy.size(); i++) {
      if (copy.get(i).is(name) || copy.get(i).is(older)) {
        int at = copy.get(i + 1).is("as") && i + 2 < copy.size() ? i + 2 : i + 1;
        String value = Literal.of(copy, at).value();
        if (value.length() == 1) {
          return OptionalInt.of(value.charAt(0));
        }
      }
    }
    return OptionalInt.empty();
  }

  /** Finds the row of a frame: {@code log, line 3, column msg: "much too long"}. */
  private Optional<Span> find(String frame) {
    String table = table();
    int behind = frame.startsWith(table) ? table.length() : 0;
    int number = CallStack.number(frame, behind);
    List<Span> rows = rows(number);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Span row = rows.getLast();
    return Optional.of(value(row, frame, behind).orElse(row));
  }

  /** Returns the name of the table, which may have digits of its own. */
  private String table() {
    int at = 1;
    while (at + 2 < copy.size() && copy.get(at + 1).isMark(".")) {
      at += 2;
    }
    return at < copy.size() && copy.get(at).isIdentifier() ? copy.get(at).identifier() : "";
  }

  /** Returns the rows up to the one of a number, or the one that holds the line of that number. */
  private List<Span> rows(int number) {
    List<Span> rows = new ArrayList<>();
    int end = data.start() + data.rows().codePointCount(0, data.rows().length());
    int start = data.start();
    int lines = 0;
    boolean quoted = false;
    boolean escaped = false;
    for (int at = start; at <= end && lines < number; at++) {
      int c = at < end ? source.codePointAt(at) : '\n';
      boolean skip = escaped;
      escaped = false;
      if (csv && quoted && c == escape && escape != quote && !skip) {
        escaped = true;
      } else if (!csv && c == '\\' && !skip) {
        escaped = true;
      } else if (csv && c == quote && !skip) {
        quoted = !quoted;
      } else if (c == '\n') {
        boolean ends = at == end || (csv ? !quoted : !skip);
        // It knows what ends a line only once a row has ended (copyfromparse.c).
        lines += ends || (csv && !rows.isEmpty()) ? 1 : 0;
        if (ends) {
          int last = at > start && source.codePointAt(at - 1) == '\r' ? at - 1 : at;
          if (at < end || at > start) {
            rows.add(new Span(start, last));
          }
          start = at + 1;
        }
      }
    }
    if (lines >= number && quoted && start < end) {
      rows.add(new Span(start, end));
    }
    return lines >= number && number > 0 ? rows : List.of();
  }

  /** Finds the value of the column that the frame names. */
  private Optional<Span> value(Span row, String frame, int behind) {
    int open = frame.indexOf('"', behind);
    List<Span> values = values(row);
    List<String> columns = columns();
    String before = open > 0 ? frame.substring(behind, open) : frame.substring(behind);
    Optional<Span> named = Optional.empty();
    for (int i = 0; i < columns.size() && i < values.size(); i++) {
      if (before.contains(" " + columns.get(i) + ":")) {
        named = Optional.of(values.get(i));
      }
    }
    if (named.isPresent() || open < 0 || before.indexOf(',', 1) < 0) {
      return named;
    }
    String told = frame.substring(open + 1, Math.max(open + 1, frame.lastIndexOf('"')));
    List<Span> equal =
        values.stream()
            .filter(v -> source.substring(v.start(), v.end()).replace("\"", "").equals(told))
            .toList();
    return equal.size() == 1 ? Optional.of(equal.getFirst()) : Optional.empty();
  }

  /** Returns the columns that the statement names. */
  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    int at = 0;
    while (at < copy.size() && !copy.get(at).isMark("(") && !copy.get(at).is("from")) {
      at++;
    }
    for (int i = at + 1; i < copy.size() && copy.get(at).isMark("("); i++) {
      if (copy.get(i).isMark(")")) {
        break;
      }
      if (copy.get(i).isIdentifier()) {
        columns.add(copy.get(i).identifier());
      }
    }
    return columns;
  }

  private List<Span> values(Span row) {
    List<Span> values = new ArrayList<>();
    int start = row.start();
    boolean quoted = false;
    for (int at = row.start(); at < row.end(); at++) {
      int c = source.codePointAt(at);
      if ((!csv && c == '\\') || (csv && quoted && c == escape && escape != quote)) {
        at++;
      } else if (csv && c == quote) {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        values.add(new Span(start, at));
        start = at + 1;
      }
    }
    values.add(new Span(start, row.end()));
    return values;
  }
}
