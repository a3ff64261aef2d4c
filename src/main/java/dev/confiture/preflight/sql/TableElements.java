package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.GeneratedName;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns and constraints that a table gets, from CREATE TABLE's parentheses or one ADD action,
 * with the names that PostgreSQL makes up for those without.
 */
final class TableElements {

  private static final Set<String> CONSTRAINTS =
      Set.of("constraint", "primary", "unique", "check", "foreign", "exclude", "like", "not");

  /**
   * The <a
   * href="https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL">serial
   * types</a>: notations for a type with a sequence.
   */
  private static final Set<String> SERIAL =
      Set.of("serial", "serial4", "bigserial", "serial8", "smallserial", "serial2");

  private final QualifiedName table;
  private final TokenReader words;
  private final List<Effect> effects;

  TableElements(QualifiedName table, TokenReader words, List<Effect> effects) {
    this.table = table;
    this.words = words;
    this.effects = effects;
  }

  /** Returns true for a word that begins a constraint of the table or LIKE, and no column. */
  static boolean beginsConstraint(Token token) {
    return token.kind() == Token.Kind.WORD && CONSTRAINTS.contains(token.identifier());
  }

  /** Reads elements up to the closing parenthesis, which is read too. */
  void read() {
    while (!words.atEnd()) {
      element();
      boolean more = words.isMark(",");
      words.skip();
      if (!more) {
        return;
      }
    }
  }

  /** Reads one element, up to a comma or closing parenthesis. */
  void element() {
    int offset = words.offset();
    boolean constraint = words.peek().filter(TableElements::beginsConstraint).isPresent();
    String column = "";
    if (!constraint) {
      words.ifNotExists();
      offset = words.offset();
      column = words.identifier().map(Token::identifier).orElse("");
      if (!column.isEmpty()) {
        makes(ObjectKind.COLUMN, column, offset);
      }
    }
    rest(column, offset);
  }

  private void rest(String column, int offset) {
    boolean first = true;
    while (!words.atEnd() && !words.isMark(",") && !words.isMark(")")) {
      if (words.isMark("(") || words.isMark("[")) {
        words.skipParentheses();
        continue;
      }
      if (words.take("constraint")) {
        int at = words.offset();
        Optional<Token> name = words.identifier();
        boolean key = words.is("primary") || words.is("unique") || words.is("exclude");
        name.ifPresent(token -> constraint(token.identifier(), key, at));
        // The name is for the constraint that follows, not for those after it.
        words.skip();
        first = false;
        continue;
      }
      if (words.takeAll("primary", "key")) {
        constraint(generated(List.of(), "pkey"), true, offset);
      } else if (column.isEmpty()) {
        ofTable(offset);
      } else {
        ofColumn(column, first, offset);
      }
      first = false;
    }
  }

  private void ofTable(int offset) {
    if (words.take("unique")) {
      words.take("nulls");
      words.take("not");
      words.take("distinct");
      constraint(generated(words.columns(), "key"), true, offset);
    } else if (words.takeAll("foreign", "key")) {
      constraint(generated(words.columns(), "fkey"), false, offset);
    } else if (words.take("exclude")) {
      if (words.take("using")) {
        words.skip();
      }
      constraint(generated(words.columns(), "excl"), true, offset);
    } else if (words.take("check")) {
      // The only column it uses is in its name, else none; which words are columns is not known.
      constraint(generated(List.of(), "check"), false, offset);
      for (String one : words.wordsInParentheses()) {
        constraint(generated(List.of(one), "check"), false, offset);
      }
    } else {
      words.skip();
    }
  }

  private void ofColumn(String column, boolean first, int offset) {
    List<String> columns = List.of(column);
    if (words.is("unique")) {
      constraint(generated(columns, "key"), true, offset);
    } else if (words.is("check")) {
      constraint(generated(columns, "check"), false, offset);
    } else if (words.is("references")) {
      constraint(generated(columns, "fkey"), false, offset);
    } else if (words.is("identity") || (first && isSerial())) {
      relation(generated(columns, "seq"), offset);
    }
    words.skip();
  }

  private String generated(List<String> columns, String label) {
    return GeneratedName.of(table.name(), columns, label);
  }

  private boolean isSerial() {
    return words.peek().filter(type -> SERIAL.contains(type.identifier())).isPresent();
  }

  /** Adds a constraint, and for a key its index, which has the same name. */
  private void constraint(String name, boolean key, int offset) {
    makes(ObjectKind.CONSTRAINT, name, offset);
    if (key) {
      relation(name, offset);
    }
  }

  private void relation(String name, int offset) {
    QualifiedName qualified = new QualifiedName(table.schema(), name);
    effects.add(new Effect(MAKES, DatabaseObject.of(ObjectKind.RELATION, qualified), offset));
  }

  private void makes(ObjectKind kind, String name, int offset) {
    effects.add(new Effect(MAKES, DatabaseObject.of(kind, name, table), offset));
  }
}
