package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.process.PythonProgram;
import dev.confiture.preflight.process.PythonProgram.PythonRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Running a program in python3: which one, and what comes back. */
@Timeout(60)
final class PythonTest {

  @Test
  void oneThatDoesNotRunIsPassedOver(@TempDir Path folder) throws IOException {
    assumeTrue(Python.find(Map.of()).isPresent(), "the system has no python3");
    Path broken = Files.writeString(folder.resolve("python3"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));

    PythonRun run =
        run(Python.find(Map.of("PATH", folder + ":relative")), "    channel.end('done')");

    assertEquals(List.of(new PythonRun.Report("done", List.of())), run.reports());
  }

  @Test
  void reportsKeepTheirFields() {
    assertEquals(
        List.of(
            new PythonRun.Report("one", List.of("", "é\n ", "5")),
            new PythonRun.Report("two", List.of())),
        run("    channel.send('one', '', 'é\\n ', 5)\n    channel.send('two')").reports());
  }

  @Test
  void nothingIsReportedAfterTheEnd() {
    assertEquals(
        List.of(new PythonRun.Report("last", List.of())),
        run("    channel.end('last')\n    channel.send('more')").reports());
  }

  @Test
  void theLastWordsAreKept() {
    PythonRun run =
        run("    import sys\n    print('a' * 200000)\n    raise ValueError('the last line')");

    assertEquals("ValueError: the last line", run.lastWords());
    assertEquals(1, run.status());
    assertEquals(Optional.empty(), run.stopped());
  }

  @Test
  void aProcessThatClosesItsChannelIsEnded() {
    PythonRun run =
        run(
            "    import os, time\n    channel.send('here')\n    os.closerange(0, 100)\n"
                + "    time.sleep(50)");

    assertEquals(List.of(new PythonRun.Report("here", List.of())), run.reports());
    assertEquals(128 + 9, run.status());
  }

  @Test
  void nothingOfItIsLeft() {
    PythonRun run =
        run("    import os\n    channel.send('pid', os.getpid())\n    while True: pass", 5000);

    long pid = Long.parseLong(run.reports().getFirst().fields().getFirst());
    assertEquals(Optional.of("ran longer than 5000 ms"), run.stopped());
    assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(), "it is alive");
  }

  @Test
  void itEndsWithWhoeverStartedIt() throws IOException, InterruptedException {
    assumeTrue(Python.find(System.getenv()).isPresent(), "there is no " + Python.DESCRIPTION);
    Process starter = KilledWhileRunning.start("python");
    long pid = Long.parseLong(starter.inputReader(UTF_8).readLine());
    // Long enough for it to be at work.
    Thread.sleep(1000);
    assertTrue(isRunning(pid), "it has not begun");

    starter.destroyForcibly().waitFor();

    long deadline = System.nanoTime() + 10_000_000_000L;
    while (isRunning(pid) && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertFalse(isRunning(pid), "it goes on");
  }

  /** A dead process that nobody has reaped runs no more. */
  private static boolean isRunning(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/stat");
    return Files.exists(status) && !Files.readString(status).contains(") Z ");
  }

  private static PythonRun run(String body) {
    return run(body, 20_000);
  }

  private static PythonRun run(String body, long millis) {
    return run(Python.find(System.getenv()), body, millis);
  }

  private static PythonRun run(Optional<Python> python, String body) {
    return run(python, body, 20_000);
  }

  private static PythonRun run(Optional<Python> python, String body, long millis) {
    assumeTrue(python.isPresent(), "there is no " + Python.DESCRIPTION);
    return python
        .get()
        .run(
            new PythonProgram(
                List.of(
                    new PythonProgram.Module("preflight", true, ""),
                    new PythonProgram.Module(
                        "preflight.recorder", false, "def run(channel, argument):\n" + body)),
                List.of("argument".getBytes(UTF_8))),
            Duration.ofMillis(millis),
            () -> false);
  }
}
