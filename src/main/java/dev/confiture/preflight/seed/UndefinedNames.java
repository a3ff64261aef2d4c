package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.QualifiedName;
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
    int open = message.indexOf('"');
    while (open >= 0) {
      int close = message.indexOf('"', open + 1);
      if (close < 0) {
        break;
      }
      names.add(qualified(message.substring(open + 1, close)));
      open = message.indexOf('"', close + 1);
    }
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
    int dot = text.lastIndexOf('.');
    return dot > 0 && dot + 1 < text.length()
        ? QualifiedName.of(text.substring(0, dot), text.substring(dot + 1))
        : QualifiedName.of(text);
  }
}
