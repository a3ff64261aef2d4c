package dev.confiture.preflight.sql;

import java.util.List;
import java.util.Optional;

/**
 * How many arguments a function takes, as CREATE FUNCTION tells.
 *
 * @param least those without a default
 * @param most all of them; {@link Integer#MAX_VALUE} for a variadic one
 * @see <a href="https://www.postgresql.org/docs/current/sql-createfunction.html">CREATE
 *     FUNCTION</a>
 */
public record Parameters(int least, int most) {

  /**
   * Reads the parameters of a function.
   *
   * @param offset where the statement names it
   */
  public static Optional<Parameters> of(Statement statement, int offset) {
    List<Token> tokens = statement.tokens();
    TokenReader words = new TokenReader(tokens);
    while (!words.atEnd() && words.offset() < offset) {
      words.skip();
    }
    if (!statement.is(0, "create") || words.name().isEmpty() || !words.isMark("(")) {
      return Optional.empty();
    }
    int open = words.index();
    int close = words.afterParentheses();
    int least = 0;
    int most = 0;
    for (List<Token> each : AlterTableAction.commaSeparated(tokens.subList(open + 1, close - 1))) {
      if (each.isEmpty() || each.getFirst().is("out")) {
        continue;
      }
      if (each.getFirst().is("variadic")) {
        return Optional.of(new Parameters(least, Integer.MAX_VALUE));
      }
      boolean optional =
          each.stream()
              .anyMatch(
                  token ->
                      token.is("default")
                          || (token.kind() == Token.Kind.OPERATOR && token.text().equals("=")));
      most++;
      least += optional ? 0 : 1;
    }
    return Optional.of(new Parameters(least, most));
  }

  /** Returns true if a call with so many arguments may mean the function. */
  public boolean mayTake(int arguments) {
    return least <= arguments && arguments <= most;
  }
}
