package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects that a statement makes and removes, as far as its words tell.
 *
 * <p>A name that is computed ({@code EXECUTE format(…)}) is not seen.
 */
public final class Effects {

  private Effects() {}

  /** The effects in the order of the text; those inside a DO block too. */
  public static List<Effect> of(Statement statement) {
    List<Effect> effects = new ArrayList<>();
    command(statement.tokens(), 0, effects);
    into(statement.tokens(), effects);
    if (statement.is(0, "do")) {
      for (RoutineBody body : RoutineBody.of(statement)) {
        inBody(Lexer.tokens(statement.source(), body.contentStart(), body.contentEnd()), effects);
      }
    }
    return effects;
  }

  /** PL/pgSQL: a command begins the body, or follows a semicolon or a keyword. */
  private static void inBody(List<Token> tokens, List<Effect> effects) {
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      if (before.isMark(";")
          || before.is("begin")
          || before.is("then")
          || before.is("else")
          || before.is("loop")) {
        int end = i;
        while (end < tokens.size() && !tokens.get(end).isMark(";")) {
          end++;
        }
        if (end == i + 2 && tokens.get(i).is("execute")) {
          computed(tokens.get(i + 1), effects);
        } else {
          command(tokens.subList(0, end), i, effects);
        }
      }
    }
  }

  /** EXECUTE of a constant: what it does stands where the constant does. */
  private static void computed(Token constant, List<Effect> effects) {
    if (constant.kind() != TokenKind.STRING) {
      return;
    }
    for (Statement inner : Script.of(SourceText.of(constant.stringValue())).statements()) {
      for (Effect effect : of(inner)) {
        effects.add(
            new Effect(effect.change(), effect.object(), constant.start(), effect.formerly()));
      }
    }
  }

  /** {@code SELECT … INTO table}; in a body INTO takes variables. */
  private static void into(List<Token> tokens, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens);
    if (words.take("select") && words.seek("into")) {
      words.skip();
      boolean temporary = words.take("temporary") || words.take("temp");
      words.take("unlogged");
      words.take("table");
      int offset = words.offset();
      words
          .name()
          .map(name -> temporary ? QualifiedName.of(SearchPath.TEMPORARY, name.name()) : name)
          .ifPresent(
              name ->
                  effects.add(
                      new Effect(MAKES, DatabaseObject.of(ObjectKind.RELATION, name), offset)));
    }
  }

  private static void command(List<Token> tokens, int from, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens, from);
    if (words.take("create")) {
      new CreateEffects(words, effects).read();
    } else if (words.take("alter")) {
      new AlterEffects(tokens, words, effects).read();
    } else if (words.take("drop")) {
      new DropEffects(words, effects).read();
    }
  }
}
