package dev.confiture.preflight.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.recording.SentMessage.Fate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentMessageTest {

  private final List<String> log = new ArrayList<>();

  private void logged(String session, String severity, String state, String... rest) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      columns.add("");
    }
    columns.set(1, "mig");
    columns.set(2, "shop");
    columns.set(5, session);
    columns.set(11, severity);
    columns.set(12, state);
    columns.set(13, quoted(rest[0]));
    columns.set(14, rest.length > 1 ? quoted(rest[1]) : "");
    columns.set(19, rest.length > 2 ? quoted(rest[2]) : "");
    log.add(String.join(",", columns) + "\n");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private void statement(String text) {
    logged("a.1", "LOG", "00000", "statement: " + text);
  }

  private List<SentMessage> messages() {
    return SentMessage.of(LogEntry.read(String.join("", log)));
  }

  private List<Fate> fates() {
    return messages().stream().map(SentMessage::fate).toList();
  }

  @Test
  void readsQuotesCommasAndLinesOfAMessage() {
    statement("INSERT INTO \"t\"\nVALUES ('a, \"b\"')");
    assertEquals(
        List.of("INSERT INTO \"t\"\nVALUES ('a, \"b\"')"),
        messages().stream().map(SentMessage::text).toList());
  }

  @Test
  void putsTheValuesOfParametersInTheirPlaces() {
    logged(
        "a.1",
        "LOG",
        "00000",
        "execute <unnamed>: INSERT INTO t VALUES ($1, $2, '$1')",
        "parameters: $1 = 'it''s $2', $2 = NULL");
    assertEquals("INSERT INTO t VALUES ('it''s $2', NULL, '$1')", messages().getFirst().text());
  }

  @Test
  void takesValuesOfAnyLength() {
    String value = "'" + "it''s $2 = ".repeat(100_000) + "'";
    assertEquals(
        "SELECT " + value + ", '2'",
        SentMessage.withValues("SELECT $1, $2", "parameters: $1 = " + value + ", $2 = '2'"));
  }

  @Test
  void tellsARefusalAtItsMessage() {
    statement("SELECT nosuch");
    logged("a.1", "ERROR", "42703", "column \"nosuch\" does not exist", "", "SELECT nosuch");
    // It was refused before it ran: the server logs the error alone.
    logged("a.1", "ERROR", "42601", "syntax error", "", "SELEC 1");
    List<SentMessage> messages = messages();
    assertEquals(2, messages.size());
    assertEquals("42703", messages.getFirst().sqlState().orElseThrow());
    assertEquals("SELEC 1", messages.getLast().text());
    assertTrue(messages.getLast().isRefused());
  }

  @Test
  void followsTransactions() {
    statement("CREATE TABLE a ()");
    statement("BEGIN");
    statement("CREATE TABLE b ()");
    statement("SAVEPOINT s");
    statement("CREATE TABLE c ()");
    statement("ROLLBACK TO SAVEPOINT s");
    statement("COMMIT");
    statement("BEGIN");
    statement("CREATE TABLE d ()");
    statement("ROLLBACK");
    assertEquals(
        List.of(
            Fate.KEPT,
            Fate.KEPT,
            Fate.KEPT,
            Fate.KEPT,
            Fate.UNDONE,
            Fate.KEPT,
            Fate.KEPT,
            Fate.KEPT,
            Fate.ROLLED_BACK,
            Fate.ROLLED_BACK),
        fates());
  }

  @Test
  void keepsSessionsApart() {
    statement("BEGIN");
    logged("b.2", "LOG", "00000", "statement: CREATE TABLE other ()");
    statement("CREATE TABLE own ()");
    assertEquals(List.of(Fate.KEPT, Fate.KEPT, Fate.ROLLED_BACK), fates());
    assertFalse(messages().get(1).inBlock());
    assertTrue(messages().get(2).inBlock());
  }

  @Test
  void knowsWhatIsOfTheFramework() {
    statement("SELECT 1");
    statement("SELECT a.attname FROM pg_attribute a");
    statement("SELECT \"schema_migrations\".\"version\" FROM \"schema_migrations\"");
    statement("SET standard_conforming_strings = on");
    statement("SELECT fill_orders()");
    statement("SELECT id FROM orders");
    statement("SET search_path = app");
    assertEquals(
        List.of(true, true, true, true, false, false, false),
        messages().stream().map(m -> m.isOfFramework("schema_migrations")).toList());
  }
}
