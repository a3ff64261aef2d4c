package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ServerError;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which refusals are the machine's and not the migration's. */
final class SandboxResourcesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "53100|could not extend file \"base/5/16384\": No space left on device|true",
        "53200|out of memory|true",
        "53200|out of shared memory|false",
        "53400|temporary file size exceeds \"temp_file_limit\" (4194304kB)|true",
        "53400|could not find a free replication slot|false",
        "54000|memory exhausted|false"
      })
  void areNamed(String code, String message, boolean sandbox) {
    assertEquals(
        sandbox,
        SandboxResources.exhaustedBy(ServerError.of(code, message, Optional.empty())).isPresent());
  }
}
