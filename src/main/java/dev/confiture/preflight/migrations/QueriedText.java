package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Span;
import java.util.List;
import java.util.Optional;

/**
 * A file that its tool reads on by what the file's own queries find, as psql does behind {@code
 * \gset} and {@code \gexec}. What is known of it grows with the rows: a text that was read with
 * more of them begins with the one before, up to and with the query that found them.
 */
public interface QueriedText {

  /**
   * A query whose rows decide what is sent behind it.
   *
   * @param start the offset at which its statement starts
   * @param name what the tool calls the command that takes its rows
   */
  record Query(int start, String name) {}

  /**
   * What such a query has found.
   *
   * @param columns the names of its columns; none where the statement returns no rows
   * @param rows the values of each row as the server writes them; empty for NULL
   */
  record Rows(List<String> columns, List<List<Optional<String>>> rows) {
    public Rows {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** Returns the first query whose rows are not known yet; empty where all is known. */
  Optional<Query> query();

  /**
   * A value that a query has found and that the tool sends as one message, whatever statements it
   * holds: every other statement is a message of its own.
   *
   * @param place where it is in the text
   * @param by what the tool calls the command that sends it
   */
  record Generated(Span place, String by) {}

  /** Returns the values so far that are sent as messages. */
  List<Generated> generated();

  /** Returns what the tool makes of the file with the rows of that query. */
  ReadText with(Rows rows);

  /** Returns what it makes of the file before any query has found anything. */
  ReadText unanswered();
}
