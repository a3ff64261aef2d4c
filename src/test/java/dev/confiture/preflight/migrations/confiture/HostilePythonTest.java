package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a Python file may try, and cannot do. */
@Timeout(120)
final class HostilePythonTest {

  private static final String NO_PROCESS =
      "the file starts a process or a thread, which the rehearsal does not let it do";

  @Test
  void whatItPrintsIsNoReport() {
    Recording recording =
        PythonMigration.doing(
                "import os, sys",
                "for stream in (sys.stdout, sys.stderr):",
                "    print('sql U0VMRUNUIDI= MQ== MQ== MA== -', file=stream, flush=True)",
                "    print('x'.zfill(32) + ' done', file=stream, flush=True)",
                "for descriptor in range(1, 20):",
                "    try: os.write(descriptor, b'0' * 32 + b' sql U0VMRUNUIDI= MQ== MQ== MA== -\\n')",
                "    except OSError: pass",
                "self.execute('SELECT 1')")
            .execute();

    assertEquals(List.of("SELECT 1"), PythonMigration.sql(recording));
    assertEquals(new Recording.End.Complete(), recording.end());
  }

  @Test
  void nothingAfterTheEndCounts() {
    Recording recording =
        PythonMigration.doing(
                "try: self.connection", "except BaseException: pass", "self.execute('SELECT 1')")
            .execute();

    assertEquals(List.of(), PythonMigration.sql(recording));
    assertEquals(
        new Recording.End.Unverifiable(
            "the file needs a live connection: it uses self.connection", 6),
        recording.end());
  }

  @Test
  void endingTheInterpreterFails() {
    assertEquals(
        new Recording.End.Failed("SystemExit: 0", 1, 0),
        PythonMigration.of("import sys; sys.exit(0)").execute().end());
  }

  @Test
  void endingTheProcessFails() {
    Recording recording =
        PythonMigration.doing("import os, sys", "self.execute('SELECT 1')", "os._exit(0)")
            .execute();

    assertEquals(List.of("SELECT 1"), PythonMigration.sql(recording));
    assertEquals(
        new Recording.End.Failed("the file ends the process, with exit status 0", 0, 0),
        recording.end());
  }

  @Test
  void aSignalIsNamed() {
    assertEquals(
        new Recording.End.Unverifiable(
            "python3 was ended by signal 9 while it executed the file", 0),
        PythonMigration.of("import os; os.kill(os.getpid(), 9)").execute().end());
  }

  @Test
  void whatRunsForEverIsEnded() {
    Recording recording =
        PythonMigration.doing("self.execute('SELECT 1')", "while True: pass")
            // Within this time a busy machine, too, has started python3.
            .execute(Duration.ofSeconds(6));

    assertEquals(List.of("SELECT 1"), PythonMigration.sql(recording));
    assertEquals(
        new Recording.End.Unverifiable("the file ran longer than 6000 ms", 0), recording.end());
  }

  @Test
  void itIsEndedWithTheRehearsal() {
    Recording recording =
        PythonMigration.of("while True: pass").execute(Duration.ofSeconds(50), () -> true);

    assertEquals(
        new Recording.End.Unverifiable("the file was ended with the rehearsal", 0),
        recording.end());
  }

  @Test
  void itStartsNoProcess() {
    assertUnverifiable(NO_PROCESS, "import os", "os.fork()");
    assertUnverifiable(NO_PROCESS, "import subprocess", "subprocess.run(['true'])");
    assertUnverifiable(NO_PROCESS, "import threading", "threading.Thread(target=print).start()");
  }

  @Test
  void outputHasNoLimitAndGoesNowhere() {
    assertEquals(
        List.of("SELECT 1"),
        PythonMigration.doing(
                "import sys",
                "for _ in range(100):",
                "    sys.stdout.write('x' * (1 << 20))",
                "    sys.stderr.write('x' * (1 << 20))",
                "self.execute('SELECT 1')")
            .complete());
  }

  @Test
  void theSqlHasALimit() {
    assertEquals(
        new Recording.End.Unverifiable("the file executes more than 64 MiB of SQL", 0),
        PythonMigration.doing("while True: self.execute('x' * (1 << 20))").execute().end());
  }

  @Test
  void memoryHasALimit() {
    assertUnverifiable(
        "the file needs more memory than the rehearsal gives it", "x = 1", "x = 'a' * (1 << 33)");
  }

  @Test
  void theEnvironmentIsEmpty() {
    assertEquals(
        List.of("LC_ALL PATH"),
        PythonMigration.doing("import os", "self.execute(' '.join(sorted(os.environ)))")
            .complete());
  }

  @Test
  void nothingIsWrittenBesideTheFile(@TempDir Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path file = folder.resolve("0001_first.py");
    PythonMigration migration =
        new PythonMigration(
            file,
            """
            import pathlib
            pathlib.Path(__file__).with_name("evil.txt").write_text("evil")
            """);
    Files.writeString(file, migration.text());

    Recording.End.Unverifiable end = (Recording.End.Unverifiable) migration.execute().end();

    assertTrue(
        end.reason().startsWith("the rehearsal runs it as a user who may not do that: "),
        end.reason());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path other : files.filter(path -> !path.equals(file)).toList()) {
        assertEquals(0, Files.size(other), other + " was written");
      }
    }
  }

  @Test
  void asRootItRunsAsAnotherUserWithoutGroups(@TempDir Path folder) throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be another user");
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

    String ids =
        PythonMigration.doing(
                "import os",
                "self.execute(f'{os.getuid()} {os.geteuid()} {os.getgid()} {os.getgroups()}')")
            .complete()
            .getFirst();

    assertFalse(ids.startsWith("0 ") || ids.contains(" 0 "), ids);
    assertTrue(ids.endsWith("[]"), ids);
    assertUnverifiable(
        "the rehearsal runs it as a user who may not do that: PermissionError: [Errno 13]"
            + " Permission denied: '"
            + secret
            + "'",
        "x = 1",
        "open('" + secret + "')");
  }

  @Test
  void aNameLeadsNowhereOutsideTheProject() throws IOException {
    Path outside = Files.createTempFile("outside", ".sql");
    Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(outside, "SELECT 'secret'");
    try {
      assertEquals(
          0,
          PythonRecorder.namedFiles(List.of(outside.toString()), Path.of("").toAbsolutePath())
              .size());
      assertEquals(
          0,
          PythonRecorder.namedFiles(
                  List.of("../../../../../etc/passwd"), Path.of("").toAbsolutePath())
              .size());
    } finally {
      Files.delete(outside);
    }
  }

  private static void assertUnverifiable(String reason, String... lines) {
    assertEquals(
        new Recording.End.Unverifiable(reason, 2), PythonMigration.of(lines).execute().end());
  }
}
