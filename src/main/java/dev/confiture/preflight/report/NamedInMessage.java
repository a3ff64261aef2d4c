package dev.confiture.preflight.report;

import dev.confiture.preflight.postgres.ObjectMessage;
import dev.confiture.preflight.postgres.QuotedNames;
import dev.confiture.preflight.postgres.ServerError;
import java.util.Optional;

/** The names that a server's sentence is about, as far as its form tells. */
final class NamedInMessage {

  private NamedInMessage() {}

  /** What does not exist, or exists already: without its schema or table. */
  static Optional<String> object(ServerError error) {
    return ObjectMessage.of(error.message())
        .map(ObjectMessage::name)
        .or(() -> QuotedNames.in(error.message()).stream().findFirst())
        .map(NamedInMessage::lastPart);
  }

  /** The table that the object belongs to, or what a column's qualifier calls it. */
  static Optional<String> table(ServerError error) {
    return error
        .table()
        .or(() -> ObjectMessage.of(error.message()).flatMap(ObjectMessage::parent))
        .map(NamedInMessage::lastPart);
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
