package dev.confiture.preflight.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A line of the server's log, in the <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG">CSV
 * form</a>, which every supported version writes.
 *
 * @param session the backend's session id
 * @param user the role that logged in
 * @param database the database
 * @param severity as the server writes it: {@code LOG}, {@code ERROR}
 * @param sqlState the SQLSTATE
 * @param message what it says; of a statement, its text behind a word for how it was sent
 * @param detail more of it: the values of a statement's parameters; empty for none
 * @param query the statement that was refused; empty for none
 */
record LogEntry(
    String session,
    String user,
    String database,
    String severity,
    String sqlState,
    String message,
    String detail,
    String query) {

  private static final Set<String> REFUSING = Set.of("ERROR", "FATAL", "PANIC");

  /** The number of columns that PostgreSQL 13 writes; later versions add to them. */
  private static final int COLUMNS = 24;

  /** Returns true if the server refused something. */
  boolean refuses() {
    return REFUSING.contains(severity);
  }

  /** Reads whole lines; a message in quotes may hold line ends. */
  static List<LogEntry> read(String csv) {
    List<LogEntry> entries = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"' && quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        column.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        columns.add(column.toString());
        column.setLength(0);
        if (c == '\n') {
          if (columns.size() >= COLUMNS) {
            entries.add(of(columns));
          }
          columns.clear();
        }
      } else {
        column.append(c);
      }
    }
    return entries;
  }

  private static LogEntry of(List<String> columns) {
    return new LogEntry(
        columns.get(5),
        columns.get(1),
        columns.get(2),
        columns.get(11),
        columns.get(12),
        columns.get(13),
        columns.get(14),
        columns.get(19));
  }
}
