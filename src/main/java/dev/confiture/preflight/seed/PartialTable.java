package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TableParts;
import dev.confiture.preflight.sql.TableParts.Kind;
import dev.confiture.preflight.sql.TableParts.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a table without those of its columns, defaults and constraints that need what is not there,
 * such as a type of an extension that this server lacks: only they are lost, and what the
 * migrations do to the rest of the table is judged.
 */
final class PartialTable {

  private final Statement statement;
  private final TableParts parts;
  private final Set<Part> out = new LinkedHashSet<>();
  private final List<RefusedStatement> refused = new ArrayList<>();

  private PartialTable(Statement statement) {
    this.statement = statement;
    this.parts = TableParts.of(statement);
  }

  /**
   * Makes the table of a refused CREATE TABLE.
   *
   * @return the parts that it lacks; none where the table could not be made, or another statement
   *     was refused
   */
  static List<RefusedStatement> make(RefusedStatement refusal, RestoreSession session) {
    Statement statement = refusal.statement();
    boolean creates =
        statement.startsWith("create", "table")
            || statement.startsWith("create", "unlogged", "table");
    return creates && refusal.error().saysUndefined()
        ? new PartialTable(statement).make(session)
        : List.of();
  }

  private List<RefusedStatement> make(RestoreSession session) {
    while (true) {
      // The first time nothing is left out: only an error of this text has a position in it.
      switch (session.attempt(text())) {
        case Answer.Completed _ -> {
          return refused;
        }
        case Answer.Refused(ServerError error, _) -> {
          if (!error.saysUndefined() || !leaveOut(error)) {
            return List.of();
          }
        }
        case Answer.Lost(String reason, _, _, _) -> throw RestoreSession.lost(reason);
      }
    }
  }

  private String text() {
    return statement
        .source()
        .blanked(parts.without(out))
        .substring(statement.start(), statement.tokens().getLast().end());
  }

  /** Leaves out what the error points at; returns false if that is no part of a column. */
  private boolean leaveOut(ServerError error) {
    int at = statement.start() + error.position() - 1;
    Optional<Part> part =
        error.position() > 0
            ? parts.all().stream()
                .filter(each -> each.span().contains(at) && each.kind() != Kind.CLAUSE)
                .reduce((whole, inside) -> isSeparate(inside) ? inside : whole)
                .filter(each -> !parts.columnsOfOthers().contains(each))
            : Optional.empty();
    return part.filter(out::add)
        .map(each -> refused.add(new RefusedStatement(only(each), error, Optional.of(each))))
        .orElse(false);
  }

  /**
   * Returns true for a part without which the column stays what it is for those who use it: one
   * that is generated could be written, and one with another collation compares otherwise.
   */
  private static boolean isSeparate(Part part) {
    return !part.tokens().getFirst().is("generated") && !part.tokens().getFirst().is("collate");
  }

  /** Returns the statement with one part alone, and with the column around it. */
  private Statement only(Part part) {
    List<Part> others = new ArrayList<>(parts.all());
    others.removeIf(
        other ->
            other.equals(part)
                || (other.element() == part.element() && (other.isWhole() || part.isWhole())));
    Set<Span> without = parts.without(others);
    return new Statement(
        statement.source(),
        statement.start(),
        statement.end(),
        statement.tokens().stream()
            .filter(token -> without.stream().noneMatch(span -> span.contains(token.start())))
            .toList());
  }
}
