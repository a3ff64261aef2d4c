package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads all that a process writes, so that it never waits, and keeps only the end. */
final class StderrTail implements Runnable {

  private static final int MOST = 4096;

  private final InputStream errors;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  StderrTail(InputStream errors) {
    this.errors = errors;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[1 << 16];
    try {
      for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException closed) {
      // The process was ended from here.
    }
  }

  private synchronized void keep(byte[] bytes, int length) {
    if (kept.size() + length > 2 * MOST) {
      kept.reset();
    }
    int last = Math.min(length, MOST);
    kept.write(bytes, length - last, last);
  }

  /** Returns the last line that is not blank; empty for none. */
  synchronized String last() {
    return kept.toString(UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce("", (_, line) -> line);
  }
}
