package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.QuotedNames;
import dev.confiture.preflight.postgres.ServerError;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that an "undefined" message gives: in quotes, before a parenthesis, after {@code
 * column} or {@code type}, or as the operands of an operator.
 */
final class UndefinedNames {

  private static final String COLUMN = "column ";
  private static final String TYPE = "type ";
  private static final String ARRAY = "[]";
  private static final String OPERATOR = "operator does not exist: ";

  private UndefinedNames() {}

  static List<QualifiedName> of(ServerError error) {
    String message = error.message();
    List<QualifiedName> names = new ArrayList<>();
    QuotedNames.in(message).forEach(name -> names.add(qualified(name)));
    if (!names.isEmpty()) {
      return names;
    }
    int parenthesis = message.indexOf('(');
    if (message.startsWith(OPERATOR)) {
      // "public.citext = text": operands are types, and the operator is no name.
      for (String operand : message.substring(OPERATOR.length()).split(" ", -1)) {
        if (!operand.isEmpty() && Character.isLetter(operand.charAt(0))) {
          names.add(qualified(operand));
        }
      }
    } else if (message.startsWith(COLUMN)) {
      names.add(qualified(message.substring(COLUMN.length()).split(" ", 2)[0]));
    } else if (message.startsWith(TYPE)) {
      // Of a function's argument, for once without quotes.
      names.add(qualified(message.substring(TYPE.length()).split(" ", 2)[0]));
    } else if (parenthesis > 0) {
      String before = message.substring(0, parenthesis);
      names.add(qualified(before.substring(before.lastIndexOf(' ') + 1)));
    }
    return names;
  }

  private static QualifiedName qualified(String written) {
    String text =
        written.endsWith(ARRAY) ? written.substring(0, written.length() - ARRAY.length()) : written;
    return QualifiedName.ofMessage(text);
  }
}
