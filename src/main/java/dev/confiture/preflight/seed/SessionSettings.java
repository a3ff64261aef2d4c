package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DateStyle;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.stream.Collectors;

/** What is done with {@code SET}: the file's settings hold, as far as the driver can bear them. */
final class SessionSettings {

  private SessionSettings() {}

  static Step step(Statement s) {
    int at = s.is(1, "session") || s.is(1, "local") ? 2 : 1;
    // The text is decoded here already; and the driver speaks UTF-8 and ISO dates only.
    if (s.is(at, "client_encoding") || s.is(at, "names")) {
      return new Step.Skipped();
    }
    if (s.is(at, "datestyle")) {
      String value = s.tokens().stream().map(Token::text).collect(Collectors.joining(" "));
      return new Step.Alone(s, "SET datestyle = '" + DateStyle.parse(value).withIsoOutput() + "'");
    }
    if (s.is(at, "default_tablespace") && !s.tokens().getLast().text().equals("''")) {
      return new Step.LeftOut("tablespaces of the schema are left out: all is in the default one");
    }
    return new Step.Alone(s, s.text());
  }
}
