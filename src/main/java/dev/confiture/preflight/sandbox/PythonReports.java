package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.process.PythonProgram.PythonRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads the channel on which a program reports, up to a limit.
 *
 * <p>A line that does not begin with the token comes from somebody else, and is nothing.
 */
final class PythonReports implements Runnable {

  /** An empty field; in base64 there is no such character. */
  static final String NOTHING = "-";

  private final InputStream channel;
  private final String token;
  private final long limit;
  private final List<PythonRun.Report> reports = new ArrayList<>();
  private boolean overLimit;

  PythonReports(InputStream channel, String token, long limit) {
    this.channel = channel;
    this.token = token;
    this.limit = limit;
  }

  /** Returns the reports that have come. */
  synchronized List<PythonRun.Report> reports() {
    return List.copyOf(reports);
  }

  /** Returns true if there were more bytes than the limit allows; the rest was not read. */
  synchronized boolean overLimit() {
    return overLimit;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long read = 0;
    try {
      for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer)) {
        read += n;
        if (read > limit) {
          synchronized (this) {
            overLimit = true;
          }
          return;
        }
        int from = 0;
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            line.write(buffer, from, i - from);
            report(line.toString(StandardCharsets.ISO_8859_1)).ifPresent(this::add);
            line.reset();
            from = i + 1;
          }
        }
        line.write(buffer, from, n - from);
      }
    } catch (IOException closed) {
      // The process was ended from here.
    }
  }

  private synchronized void add(PythonRun.Report report) {
    reports.add(report);
  }

  private Optional<PythonRun.Report> report(String line) {
    String[] words = line.split(" ", -1);
    if (words.length < 2 || !words[0].equals(token)) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>();
    try {
      for (int i = 2; i < words.length; i++) {
        fields.add(
            words[i].equals(NOTHING)
                ? ""
                : new String(Base64.getDecoder().decode(words[i]), UTF_8));
      }
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
    return Optional.of(new PythonRun.Report(words[1], fields));
  }
}
