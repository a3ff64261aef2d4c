package dev.confiture.preflight;

import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs: a folder a case, on the oldest and the newest server, under both isolations. */
@Execution(ExecutionMode.CONCURRENT)
final class GoldenCasesTest {

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all()) {
      for (Path binaries : TestServers.binaries()) {
        for (Isolation isolation : List.of(Isolation.CLONE, Isolation.SAVEPOINT)) {
          all.add(Arguments.of(golden, binaries, isolation));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} on {1}, {2}")
  @MethodSource("cases")
  void givesTheVerdictOfARealDeployment(GoldenCase golden, Path binaries, Isolation isolation)
      throws IOException {
    golden.check(golden.runOn(binaries, isolation), isolation);
  }
}
