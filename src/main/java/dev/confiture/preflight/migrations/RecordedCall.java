package dev.confiture.preflight.migrations;

import java.util.Optional;

/**
 * SQL that a Python file handed to {@code execute} or {@code execute_file}: one message to the
 * server.
 *
 * @param sql the text, parameters included
 * @param line the line of the file that called
 * @param stringLine the line of the string that the text stands in; 0 where it was put together
 * @param hasParameters whether there were parameters: psycopg then takes one statement only
 * @param file the SQL file that it was read from
 */
public record RecordedCall(
    String sql, int line, int stringLine, boolean hasParameters, Optional<String> file) {}
