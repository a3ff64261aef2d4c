package dev.confiture.preflight.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TeamCommandTest {

  private static final ConnectionString CLONE =
      ConnectionString.parse("postgresql://mig:s%2Fcret@127.0.0.1:5555/shop");

  private final List<String> printed = new ArrayList<>();

  private TeamCommand.End run(
      Map<String, String> environment, Map<String, String> variables, String script) {
    return new TeamCommand(List.of("sh", "-c", script), variables, Optional.empty(), Path.of(""))
        .run(
            environment,
            CLONE,
            List.of("db.example.com", "hunter2"),
            Duration.ofMinutes(1),
            printed::add,
            _ -> {});
  }

  @Test
  void namesTheCloneAndNoOtherDatabase() {
    run(
        Map.of(
            "PATH",
            "/usr/bin:/bin",
            "HOME",
            "/nowhere",
            "PGSERVICE",
            "production",
            "INPUT_SOURCE_URL",
            "postgresql://other",
            "REPLICA_URL",
            "postgresql://app@db.example.com/shop",
            "DB_PASSWORD",
            "hunter2",
            "DATABASE_URL",
            "postgresql://elsewhere/shop"),
        Map.of("APP_DATABASE", "{url}?x=1", "APP_HOST", "{host}:{port}"),
        "env");
    assertTrue(printed.contains("HOME=/nowhere"), printed::toString);
    assertTrue(
        printed.contains("DATABASE_URL=postgresql://mig:s%2Fcret@127.0.0.1:5555/shop"),
        printed::toString);
    assertTrue(
        printed.containsAll(
            List.of(
                "PGHOST=127.0.0.1",
                "PGPORT=5555",
                "PGUSER=mig",
                "PGPASSWORD=s/cret",
                "PGDATABASE=shop",
                "APP_DATABASE=postgresql://mig:s%2Fcret@127.0.0.1:5555/shop?x=1",
                "APP_HOST=127.0.0.1:5555")),
        printed::toString);
    String all = String.join("\n", printed);
    for (String secret : List.of("production", "other", "example.com", "hunter2", "elsewhere")) {
      assertFalse(all.contains(secret), all);
    }
  }

  @Test
  void keepsTheEndOfALongOutput() {
    TeamCommand.End end =
        run(
            Map.of("PATH", "/usr/bin:/bin"),
            Map.of(),
            "yes 'a line of it' | head -n 200000; head -c 5000000 /dev/zero | tr '\\0' x; echo;"
                + " echo last; exit 3");
    assertEquals(3, end.code());
    assertEquals("last", end.lastWords());
    assertTrue(end.lastLines().size() < 100);
  }

  @Test
  void endsWhatTheCommandHasLeftRunning() throws InterruptedException {
    run(Map.of("PATH", "/usr/bin:/bin"), Map.of(), "sleep 1000 & echo $!");
    ProcessHandle left = ProcessHandle.of(Long.parseLong(printed.getFirst())).orElse(null);
    for (int tries = 0; left != null && left.isAlive() && tries < 500; tries++) {
      Thread.sleep(10);
    }
    assertFalse(left != null && left.isAlive());
  }

  @Test
  void readsNoInput() {
    assertEquals(1, run(Map.of("PATH", "/usr/bin:/bin"), Map.of(), "read answer").code());
  }
}
