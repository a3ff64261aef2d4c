package dev.confiture.preflight.recording;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that the command sent to the clone.
 *
 * @param session the session
 * @param text its SQL, with the values of its parameters
 * @param sqlState the SQLSTATE with which the server refused it
 * @param inBlock true if a transaction block was open before it
 * @param fate what became of its effect
 */
record SentMessage(
    String session, String text, Optional<String> sqlState, boolean inBlock, Fate fate) {

  /** Tells what became of a message's effect. */
  enum Fate {
    /** It was committed. */
    KEPT,
    /** It went with its transaction. */
    ROLLED_BACK,
    /** The command itself took it back, to a savepoint, and went on. */
    UNDONE
  }

  /** A statement's text stands behind {@code statement:} or {@code execute name:}. */
  private static final Pattern SENT =
      Pattern.compile("(?:statement|execute (?:fetch from )?[^:]*): (.*)", Pattern.DOTALL);

  /** Names what frameworks ask besides their ledgers. */
  private static final Set<String> BESIDE_LEDGERS =
      Set.of(
          "information_schema",
          "version",
          "current_schema",
          "current_database",
          "ar_internal_metadata",
          "knex_migrations_lock",
          "typeorm_metadata");

  private static final Set<String> OF_DRIVERS =
      Set.of(
          "client_encoding",
          "client_min_messages",
          "standard_conforming_strings",
          "intervalstyle",
          "datestyle",
          "extra_float_digits",
          "bytea_output",
          "timezone");

  private static final Pattern PARAMETER = Pattern.compile("(\\$[0-9]+) = ");

  /** The open transaction of a session. */
  private static final class Block {
    private final List<Integer> messages = new ArrayList<>();
    private final Map<String, Integer> savepoints = new HashMap<>();
    private boolean open;
  }

  /** Returns the messages of one command, in the order in which the server logged them. */
  static List<SentMessage> of(List<LogEntry> log) {
    List<SentMessage> messages = new ArrayList<>();
    Map<String, Block> blocks = new HashMap<>();
    for (LogEntry entry : log) {
      Block block = blocks.computeIfAbsent(entry.session(), _ -> new Block());
      Matcher sent = SENT.matcher(entry.message());
      if (entry.refuses()) {
        refused(entry, block.open, messages);
      } else if (sent.matches()) {
        String text = withValues(sent.group(1), entry.detail());
        messages.add(
            new SentMessage(
                entry.session(),
                text,
                Optional.empty(),
                block.open,
                block.open ? Fate.ROLLED_BACK : Fate.KEPT));
        follow(block, messages);
      }
    }
    return messages;
  }

  /** Follows a session's transaction through its last message. */
  private static void follow(Block block, List<SentMessage> messages) {
    int last = messages.size() - 1;
    if (block.open) {
      block.messages.add(last);
    }
    for (Statement statement : messages.get(last).statements()) {
      switch (TransactionControl.of(statement).orElse(TransactionControl.COMMIT_PREPARED)) {
        case BEGIN -> block.open = true;
        case COMMIT -> {
          block.messages.stream()
              .filter(i -> messages.get(i).fate() == Fate.ROLLED_BACK)
              .forEach(i -> messages.set(i, messages.get(i).with(Fate.KEPT)));
          end(block, statement);
        }
        case ROLLBACK, PREPARE_TRANSACTION -> end(block, statement);
        case SAVEPOINT -> block.savepoints.put(name(statement), block.messages.size());
        case ROLLBACK_TO -> {
          int here = block.messages.size() - 1;
          int since = block.savepoints.getOrDefault(name(statement), here);
          block.messages.subList(Math.min(since, here), here).stream()
              .forEach(i -> messages.set(i, messages.get(i).with(Fate.UNDONE)));
        }
        case RELEASE, COMMIT_PREPARED, ROLLBACK_PREPARED -> {}
      }
    }
  }

  private static void end(Block block, Statement statement) {
    block.messages.clear();
    block.savepoints.clear();
    block.open = TransactionControl.chains(statement);
  }

  /** Returns the name of a savepoint, which stands last. */
  private static String name(Statement statement) {
    return statement.tokens().getLast().identifier();
  }

  /** Notes a refusal at its message; one that was refused before it ran was not logged itself. */
  private static void refused(LogEntry entry, boolean open, List<SentMessage> messages) {
    if (entry.query().isEmpty()) {
      return;
    }
    for (int i = messages.size() - 1; i >= 0; i--) {
      SentMessage last = messages.get(i);
      if (last.session().equals(entry.session())) {
        if (last.sqlState().isEmpty() && last.isOf(entry.query())) {
          messages.set(i, last.refusedWith(entry.sqlState()));
          return;
        }
        break;
      }
    }
    messages.add(
        new SentMessage(
            entry.session(), entry.query(), Optional.of(entry.sqlState()), open, Fate.ROLLED_BACK));
  }

  /** Returns true if it is the text that the server names, whose parameters have no values. */
  private boolean isOf(String query) {
    return text.equals(query)
        || (query.contains("$1") && text.startsWith(query.substring(0, query.indexOf("$1"))));
  }

  private SentMessage refusedWith(String code) {
    return new SentMessage(session, text, Optional.of(code), inBlock, Fate.ROLLED_BACK);
  }

  private SentMessage with(Fate other) {
    return new SentMessage(session, text, sqlState, inBlock, other);
  }

  /** Returns true if the server refused it. */
  boolean isRefused() {
    return sqlState.isPresent();
  }

  /** Reads {@code $1 = 'it''s', $2 = NULL}; a value may be long. */
  private static Map<String, String> values(String detail) {
    Map<String, String> values = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(detail);
    int at = 0;
    while (parameter.find(at)) {
      int start = parameter.end();
      int end = start;
      if (detail.startsWith("'", start)) {
        end = detail.indexOf('\'', start + 1);
        while (end >= 0 && detail.startsWith("''", end)) {
          end = detail.indexOf('\'', end + 2);
        }
        end = end < 0 ? detail.length() : end + 1;
      } else {
        end = Math.min(detail.length(), start + "NULL".length());
      }
      values.put(parameter.group(1), detail.substring(start, end));
      at = end;
    }
    return values;
  }

  /** Puts the values of parameters, as the server logs them, in their places. */
  static String withValues(String text, String detail) {
    Map<String, String> values = values(detail);
    if (values.isEmpty()) {
      return text;
    }
    SourceText source = SourceText.of(text);
    StringBuilder valued = new StringBuilder();
    int from = 0;
    for (Statement statement : Script.of(source).statements()) {
      for (Token token : statement.tokens()) {
        if (token.kind() == Token.Kind.PARAMETER && values.containsKey(token.text())) {
          valued.append(source.substring(from, token.start())).append(values.get(token.text()));
          from = token.end();
        }
      }
    }
    return valued.append(source.substring(from, source.length())).toString();
  }

  /**
   * Returns true for what a framework or its driver sends around migrations: questions about the
   * catalog or the ledger, and settings of the driver's own, which this server has anyway.
   */
  boolean isOfFramework(String ledger) {
    return statements().stream()
        .allMatch(
            statement ->
                statement.is(0, "show")
                    || (statement.is(0, "select") && asks(statement, ledger))
                    || writesBesideLedger(statement)
                    || (statement.is(0, "set") && setsForDriver(statement)));
  }

  private static boolean asks(Statement statement, String ledger) {
    boolean constant =
        statement.tokens().stream().noneMatch(token -> token.is("from") || token.isMark("("));
    return constant
        || statement.tokens().stream()
            .filter(Token::isIdentifier)
            .map(Token::identifier)
            .anyMatch(
                name ->
                    name.startsWith("pg_") || BESIDE_LEDGERS.contains(name) || name.equals(ledger));
  }

  /** Returns true for a change of a lock or of other facts that frameworks keep. */
  private static boolean writesBesideLedger(Statement statement) {
    return BESIDE_LEDGERS.stream()
        .anyMatch(
            table ->
                LedgerWrite.of(statement, table).isPresent()
                    || (statement.startsWith("delete", "from")
                        && statement.tokens().stream().anyMatch(t -> t.is(table))));
  }

  private static boolean setsForDriver(Statement statement) {
    return statement.tokens().stream()
        .filter(Token::isIdentifier)
        .map(Token::identifier)
        .anyMatch(OF_DRIVERS::contains);
  }

  /** Returns true if all of it sets settings, in whichever transaction. */
  boolean isSetting() {
    return statements().stream()
        .allMatch(statement -> statement.is(0, "set") || statement.is(0, "reset"));
  }

  /** Returns its statements. */
  List<Statement> statements() {
    return Script.of(SourceText.of(text)).statements();
  }

  /** Returns true if all of it opens or ends transactions. */
  boolean isTransactionControl() {
    List<Statement> all = statements();
    return !all.isEmpty()
        && all.stream()
            .allMatch(
                statement ->
                    TransactionControl.of(statement)
                        .filter(TransactionControl::isBoundary)
                        .isPresent());
  }
}
