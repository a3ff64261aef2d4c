package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.sql.AlterTableAction;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TableParts;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the place of an error in a file: offsets in, line and column out. */
final class Places {

  private final KnownText text;

  /** Makes the places of one file, whose text knows the file's lines and columns. */
  Places(KnownText text) {
    this.text = text;
  }

  private SourceText source() {
    return text.script().source();
  }

  /** Returns the place of a span of the file. */
  Place place(int start, int end, Place.FoundBy foundBy) {
    int first = Math.min(start, source().length());
    int last = Math.min(Math.max(start, end), source().length());
    Position from = source().position(first);
    if (!source().isExact(first)) {
      return new Place(from, from, Place.FoundBy.PYTHON_LINE);
    }
    Optional<SourceText.File> file = source().file(first);
    return new Place(
        from,
        source().isExact(last) ? end(from, last, file) : from,
        foundBy,
        file.map(other -> new Place.OtherFile(other.path(), other.text())));
  }

  /** Returns the position of an end: what follows it may be of another file. */
  private Position end(Position from, int end, Optional<SourceText.File> file) {
    if (source().file(end).equals(file)) {
      return source().position(end);
    }
    Position last = source().position(end - 1);
    return last.compareTo(from) < 0 ? from : new Position(last.line(), last.column() + 1);
  }

  /** Returns the place of the file as a whole. */
  Place file() {
    return new Place(new Position(1, 1), new Position(1, 1), Place.FoundBy.FILE);
  }

  /** Returns the place of a statement: its leading word. */
  Place statement(Statement statement) {
    return beginning(statement.tokens());
  }

  private Place beginning(List<Token> tokens) {
    Token first = tokens.getFirst();
    return place(first.start(), first.end(), Place.FoundBy.STATEMENT);
  }

  /** Returns a failure at a statement. */
  Failure failure(
      Failure.Source source,
      Statement statement,
      ServerError error,
      OptionalInt position,
      CatalogEvidence evidence) {
    Place place = of(statement, statement.tokens(), error, position);
    return new Failure(
        source,
        sent(statement, error),
        place,
        Optional.of(statementPlace(statement, place)),
        evidence.of(statement, error));
  }

  /** Returns a failure at a part of a statement, without which the server takes the others. */
  Failure failure(
      Failure.Source source,
      Statement statement,
      TableParts.Part part,
      ServerError error,
      OptionalInt position,
      CatalogEvidence evidence) {
    Place place = of(statement, part.tokens(), error, position);
    return new Failure(
        source,
        sent(statement, error),
        place,
        Optional.of(statementPlace(statement, place)),
        evidence.of(statement, error));
  }

  /** Returns an error of a statement with the words of it that the file itself does not have. */
  private ServerError sent(Statement statement, ServerError error) {
    return text.generated(statement)
        .map(value -> error.calledFrom("sent by " + value.by() + ": " + statement.text()))
        .orElse(error);
  }

  /**
   * Finds the place of a statement's error.
   *
   * @param tokens those of the statement or of the part of it that failed
   */
  private Place of(
      Statement statement, List<Token> tokens, ServerError error, OptionalInt position) {
    if (position.isPresent()) {
      return atServerPosition(statement, position.getAsInt());
    }
    Optional<Place> body =
        BodyLines.offsets(text.script(), statement, error)
            .map(span -> place(span.start(), span.end(), Place.FoundBy.BODY_LINE));
    if (body.isPresent()) {
      return body.get();
    }
    Optional<Place> row =
        CopiedRow.offsets(text.script(), statement, error)
            .map(span -> place(span.start(), span.end(), Place.FoundBy.DATA_ROW));
    if (row.isPresent()) {
      return row.get();
    }
    boolean part = tokens.size() < statement.tokens().size();
    return CallStack.of(error)
        .call(tokens)
        .or(() -> part ? NamedToken.find(tokens, error) : NamedToken.find(statement, error))
        .map(
            token ->
                place(
                    nameStart(statement, token, error),
                    nameEnd(statement, token),
                    Place.FoundBy.NAME))
        .orElseGet(() -> beginning(tokens));
  }

  /** Returns the statement, and the action of it, that a place is in. */
  StatementPlace statementPlace(Statement statement, Place place) {
    List<Statement> statements = text.script().statements();
    int number = statements.indexOf(statement) + 1;
    List<AlterTableAction> actions = AlterTableAction.of(statement);
    Optional<StatementPlace.ActionPlace> action = Optional.empty();
    for (AlterTableAction each : actions) {
      if (actions.size() > 1
          && source().position(each.start()).compareTo(place.start()) <= 0
          && place.start().compareTo(source().position(each.end())) < 0) {
        action =
            Optional.of(
                new StatementPlace.ActionPlace(
                    each.number(), actions.size(), source().substring(each.start(), each.end())));
      }
    }
    return new StatementPlace(number, statements.size(), statement, action);
  }

  private Place atServerPosition(Statement statement, int offset) {
    for (Token token : statement.tokens()) {
      if (token.start() <= offset && offset < token.end()) {
        // A position inside a body or string points at one character of it.
        return token.start() == offset
            ? place(offset, nameEnd(statement, token), Place.FoundBy.SERVER_POSITION)
            : place(offset, wordEnd(offset, token.end()), Place.FoundBy.SERVER_POSITION);
      }
    }
    return place(offset, offset, Place.FoundBy.SERVER_POSITION);
  }

  /**
   * Returns where the server would point: at a column itself, else at the schema before the name.
   */
  private static int nameStart(Statement statement, Token token, ServerError error) {
    List<Token> tokens = statement.tokens();
    int first = tokens.indexOf(token);
    while (!error.is(SqlState.UNDEFINED_COLUMN)
        && token.isIdentifier()
        && first >= 2
        && tokens.get(first - 1).isMark(".")
        && tokens.get(first - 2).isIdentifier()
        && tokens.get(first - 2).end() == tokens.get(first - 1).start()) {
      first -= 2;
    }
    return tokens.get(first).start();
  }

  /** Returns the end of the qualified name that begins with a token, or of the token itself. */
  private static int nameEnd(Statement statement, Token token) {
    List<Token> tokens = statement.tokens();
    int last = tokens.indexOf(token);
    while (tokens.get(last).isIdentifier()
        && last + 2 < tokens.size()
        && tokens.get(last + 1).isMark(".")
        && tokens.get(last + 1).start() == tokens.get(last).end()
        && tokens.get(last + 2).isIdentifier()
        && tokens.get(last + 2).start() == tokens.get(last + 1).end()) {
      last += 2;
    }
    return tokens.get(last).end();
  }

  private int wordEnd(int offset, int limit) {
    int end = offset;
    while (end < limit
        && (Character.isLetterOrDigit(source().codePointAt(end))
            || source().codePointAt(end) == '_')) {
      end++;
    }
    return Math.max(end, offset + 1);
  }
}
