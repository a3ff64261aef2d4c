package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.QuotedNames;
import dev.confiture.preflight.postgres.ServerError;
import java.util.ArrayList;
import java.util.List;

/** The names that a server message quotes, in its order. */
final class MessageNames {

  private MessageNames() {}

  /** Names between double quotes; {@code "schema.name"} gives its last part too. */
  static List<String> quoted(String message) {
    List<String> names = new ArrayList<>();
    for (String name : QuotedNames.in(message)) {
      names.add(name);
      QualifiedName qualified = QualifiedName.ofMessage(name);
      if (qualified.schema().isPresent()) {
        names.add(qualified.name());
      }
    }
    return names;
  }

  /** The names of the message, and those without quotes that stand in it as whole words. */
  static List<String> all(ServerError error) {
    List<String> names = new ArrayList<>(quoted(error.message()));
    StringBuilder word = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i <= error.message().length(); i++) {
      char c = i < error.message().length() ? error.message().charAt(i) : ' ';
      if (c == '"') {
        inQuotes = !inQuotes;
      } else if (!inQuotes && (Character.isLetterOrDigit(c) || c == '_' || c == '$')) {
        word.append(c);
        continue;
      }
      if (!word.isEmpty()) {
        names.add(word.toString());
        word.setLength(0);
      }
    }
    return names;
  }
}
