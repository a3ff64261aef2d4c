package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;

import dev.confiture.preflight.postgres.DatabaseObject;
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

  private final QualifiedName table;
  private final Words words;
  private final List<Effect> effects;

  TableElements(QualifiedName table, Words words, List<Effect> effects) {
    this.table = table;
    this.words = words;
    this.effects = effects;
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
    boolean constraint =
        words
            .peek()
            .filter(t -> t.kind() == TokenKind.WORD && CONSTRAINTS.contains(t.identifier()))
            .isPresent();
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
        constraint(table.name() + "_pkey", true, offset);
      } else if (column.isEmpty() && words.take("unique")) {
        words.take("nulls");
        words.take("not");
        words.take("distinct");
        constraint(table.name() + columns() + "_key", true, offset);
      } else if (words.takeAll("foreign", "key")) {
        constraint(table.name() + columns() + "_fkey", false, offset);
      } else if (!column.isEmpty() && words.is("unique")) {
        constraint(table.name() + "_" + column + "_key", true, offset);
        words.skip();
      } else if (!column.isEmpty() && words.is("check")) {
        constraint(table.name() + "_" + column + "_check", false, offset);
        words.skip();
      } else if (!column.isEmpty() && words.is("references")) {
        constraint(table.name() + "_" + column + "_fkey", false, offset);
        words.skip();
      } else {
        if (first && isSerial()) {
          QualifiedName sequence =
              new QualifiedName(table.schema(), table.name() + "_" + column + "_seq");
          effects.add(new Effect(MAKES, DatabaseObject.of(ObjectKind.RELATION, sequence), offset));
        }
        words.skip();
      }
      first = false;
    }
  }

  /** A list of columns as it stands in the name of a constraint. */
  private String columns() {
    StringBuilder columns = new StringBuilder();
    if (words.takeMark("(")) {
      while (!words.atEnd() && !words.takeMark(")")) {
        words
            .identifier()
            .ifPresentOrElse(name -> columns.append('_').append(name.identifier()), words::skip);
      }
    }
    return columns.toString();
  }

  private boolean isSerial() {
    return words.is("serial") || words.is("bigserial") || words.is("smallserial");
  }

  /** A constraint; a key's index has its name. */
  private void constraint(String name, boolean key, int offset) {
    makes(ObjectKind.CONSTRAINT, name, offset);
    if (key) {
      effects.add(
          new Effect(
              MAKES,
              DatabaseObject.of(ObjectKind.RELATION, new QualifiedName(table.schema(), name)),
              offset));
    }
  }

  private void makes(ObjectKind kind, String name, int offset) {
    effects.add(new Effect(MAKES, DatabaseObject.of(kind, name, table), offset));
  }
}
