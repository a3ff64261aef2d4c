package dev.confiture.preflight;

import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs on the embedded server, under both isolations: a folder a case.
 *
 * <p>The newest major version runs all of them, the oldest those whose outcome depends on the
 * version; in the nightly build both run all.
 */
@Execution(ExecutionMode.CONCURRENT)
final class GoldenCasesTest {

  @TempDir private static Path scratch;

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all(scratch)) {
      if (TestServers.NIGHTLY || golden.dependsOnVersion()) {
        TestServers.oldest().ifPresent(binaries -> addTo(all, golden, binaries));
      }
      addTo(all, golden, TestServers.newest());
    }
    return all.stream();
  }

  /** Those that stand for all where the run starts the server itself. */
  static Stream<Arguments> casesThatStartServer() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all(scratch)) {
      if (golden.startsServer()) {
        TestServers.binaries().forEach(binaries -> addTo(all, golden, binaries));
      }
    }
    return all.stream();
  }

  private static void addTo(List<Arguments> all, GoldenCase golden, Path binaries) {
    all.add(Arguments.of(golden, binaries, Isolation.CLONE));
    all.add(Arguments.of(golden, binaries, Isolation.SAVEPOINT));
  }

  @ParameterizedTest(name = "{0} on {1}, {2}")
  @MethodSource("cases")
  void givesTheVerdictOfARealDeployment(GoldenCase golden, Path binaries, Isolation isolation)
      throws IOException {
    golden.check(golden.runOn(binaries, isolation), isolation);
  }

  @ParameterizedTest(name = "{0} on {1}, {2}")
  @MethodSource("casesThatStartServer")
  void givesItOnAServerThatTheRunStarts(GoldenCase golden, Path binaries, Isolation isolation)
      throws IOException {
    golden.check(golden.runOnItsOwn(binaries, isolation), isolation);
  }
}
