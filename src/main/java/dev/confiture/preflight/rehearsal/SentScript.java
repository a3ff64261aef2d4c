package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.NonTransactional;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A migration's text as it goes to the server.
 *
 * <p>The same as the file's but for {@code CREATE EXTENSION} of an extension that only a superuser
 * may install, where the engine's own function does it in the same transaction, for a DateStyle
 * that the driver does not survive, for a way back to a session user that production does not have,
 * and for a DISCARD TEMP that would find the guard of savepoint isolation. Positions that the
 * server reports are led back to the file.
 */
final class SentScript {

  private final Script script;
  private final int start;
  private final String text;
  private final List<Replaced> replaced;

  /**
   * A statement sent in other words.
   *
   * @param sentStart where they start in the text sent, as if it started where the file's does
   * @param sentEnd the offset after them
   */
  private record Replaced(Statement statement, String words, int sentStart, int sentEnd) {}

  private SentScript(Script script, int start, String text, List<Replaced> replaced) {
    this.script = script;
    this.start = start;
    this.text = text;
    this.replaced = replaced;
  }

  static SentScript of(String tool, MigratedDatabase database) {
    return of(Script.of(SourceText.of(tool)), database);
  }

  static SentScript of(Script script, MigratedDatabase database) {
    return part(script, 0, script.source().length(), database);
  }

  /** Returns a part of a script, as a message of its own; its offsets are those of the whole. */
  static SentScript part(Script whole, int start, int end, MigratedDatabase database) {
    Script script = whole.part(start, end);
    List<Replaced> replaced = new ArrayList<>();
    StringBuilder sent = new StringBuilder();
    int from = start;
    int shift = 0;
    for (Statement statement : script.statements()) {
      String words =
          CreateExtension.of(statement)
              .flatMap(
                  create ->
                      database.extensionCall(
                          create.name(), create.ifNotExists(), create.schema(), create.cascade()))
              .or(() -> SetDateStyle.withIsoOutput(statement))
              .or(() -> database.setRole().filter(_ -> ResetIdentity.is(statement)))
              .or(
                  () ->
                      database.isolation() == Isolation.SAVEPOINT
                          ? CommitGuard.discarding(statement)
                          : Optional.empty())
              .orElse("");
      if (!words.isEmpty()) {
        int length = statement.text().codePointCount(0, statement.text().length());
        sent.append(script.source().substring(from, statement.start())).append(words);
        from = statement.start() + length;
        int sentStart = statement.start() + shift;
        replaced.add(new Replaced(statement, words, sentStart, sentStart + words.length()));
        shift += words.length() - length;
      }
    }
    sent.append(script.source().substring(from, end));
    return new SentScript(script, start, sent.toString(), replaced);
  }

  /** Returns the text in parts, a message each. */
  List<SentScript> parts(List<Integer> starts, MigratedDatabase database) {
    List<SentScript> parts = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : script.source().length();
      parts.add(part(script, starts.get(i), end, database));
    }
    return parts;
  }

  /** Returns the whole text. */
  String text() {
    return text;
  }

  /** Returns the pieces of the text, with the file's offsets. */
  Script script() {
    return script;
  }

  /** Returns true if a statement refuses a transaction block, as far as its words tell. */
  boolean needsNoTransaction() {
    return script.statements().stream().anyMatch(s -> NonTransactional.of(s).isPresent());
  }

  /**
   * Returns true if the text may run outside a transaction after this error: a function never may,
   * and only a <a href="https://www.postgresql.org/docs/current/sql-call.html">CALL</a> or DO of
   * the text itself may commit.
   */
  boolean mayRunOutside(ServerError error) {
    return error.is(SqlState.INVALID_TRANSACTION_TERMINATION)
        ? script.statements().stream().anyMatch(s -> s.is(0, "call") || s.is(0, "do"))
        // REINDEX of a partitioned table sends a context of its own (PostgreSQL's indexcmds.c).
        : error.where().isEmpty() || script.statements().stream().anyMatch(s -> s.is(0, "reindex"));
  }

  /** Returns the roles that the text makes, as far as its words tell. */
  List<String> roles() {
    return script.statements().stream()
        .filter(statement -> statement.is(0, "create") || statement.is(0, "do"))
        .flatMap(statement -> Effects.of(statement).stream())
        .filter(effect -> effect.change() == Effect.Change.MAKES)
        .filter(effect -> effect.object().kind() == ObjectKind.ROLE)
        .map(effect -> effect.object().name().name())
        .toList();
  }

  /** Returns one statement as it is sent. */
  String text(Statement statement) {
    for (Replaced replacement : replaced) {
      if (replacement.statement().equals(statement)) {
        return replacement.words();
      }
    }
    return statement.text();
  }

  /** Returns the file's offset of a position (from 1) in the whole text. */
  int offset(int position) {
    int sent = start + position - 1;
    int shift = 0;
    for (Replaced replacement : replaced) {
      if (sent < replacement.sentStart()) {
        break;
      }
      if (sent < replacement.sentEnd()) {
        return replacement.statement().start();
      }
      String original = replacement.statement().text();
      shift += original.codePointCount(0, original.length()) - replacement.words().length();
    }
    return sent + shift;
  }

  /** Returns the file's offset of a position (from 1) in one statement. */
  int offset(Statement statement, int position) {
    return text(statement).equals(statement.text())
        ? statement.start() + position - 1
        : statement.start();
  }
}
