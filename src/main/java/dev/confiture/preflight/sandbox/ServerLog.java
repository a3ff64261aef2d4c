package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * The log of a server that we started to write one: each statement, and what was refused, in the <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG">CSV
 * form</a>.
 */
final class ServerLog {

  private static final String FILE = "'log/statements.csv'";
  private static final int PART = 4_000_000;
  private static final int MOST_BEHIND = 100_000;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Session superuser;

  /** Takes a session of a superuser, who may read the server's files. */
  ServerLog(Session superuser) {
    this.superuser = superuser;
  }

  /**
   * Returns the log's length, in bytes, once all is written that was sent so far.
   *
   * @throws SandboxProblem if it is not
   */
  long end() {
    String mark = mark();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      long from = Math.max(0, length() - MOST_BEHIND);
      byte[] last = part(from);
      if (new String(last, StandardCharsets.ISO_8859_1).contains(mark)) {
        return from + last.length;
      }
      pause();
    }
    throw notWritten();
  }

  /**
   * Returns what was logged from an offset on, until now.
   *
   * @throws SandboxProblem if it is not written
   */
  String since(long from) {
    String mark = mark();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String end = "";
    while (System.nanoTime() < deadline && !end.contains(mark)) {
      byte[] part = part(from + bytes.size());
      bytes.writeBytes(part);
      // The mark may be divided between two parts.
      end =
          end.substring(Math.max(0, end.length() - mark.length()))
              + new String(part, StandardCharsets.ISO_8859_1);
      if (part.length == 0) {
        pause();
      }
    }
    if (!end.contains(mark)) {
      throw notWritten();
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n', text.lastIndexOf(mark)) + 1);
  }

  /**
   * Sends a statement of our own, which is logged behind all that was sent before: another process
   * writes the log, and it comes later.
   */
  private String mark() {
    String mark = Credentials.random("preflight_").user();
    superuser.query("SELECT " + Identifiers.literal(mark));
    return mark;
  }

  private static SandboxProblem notWritten() {
    return new SandboxProblem("reading the server's log: it is not written", "run again");
  }

  private long length() {
    return Long.parseLong(
        superuser
            .query("SELECT size FROM pg_catalog.pg_stat_file(" + FILE + ")")
            .getFirst()
            .text(0));
  }

  private byte[] part(long from) {
    return Base64.getMimeDecoder()
        .decode(
            superuser
                .query(
                    "SELECT pg_catalog.encode(pg_catalog.pg_read_binary_file("
                        + FILE
                        + ", "
                        + from
                        + ", "
                        + PART
                        + "), 'base64')")
                .getFirst()
                .text(0));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SandboxProblem("reading the server's log: the run was ended", "");
    }
  }
}
