package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hidden, from the inputs alone. */
final class MasksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://u:secretword@h/db | secretword",
        "postgresql://u:secretword@[2001:db8::1]:6432/db | secretword",
        "postgresql://u:secretword@a:1,b:2/db?sslmode=require | secretword",
        "postgresql://u@h/db?password=secretword&x=y | secretword",
        "host=h user=u password=secretword | secretword",
        // Cannot be read, and holds a secret all the same.
        "postgresql://u:secretword@h:port/db | secretword"
      })
  void thePasswordOfASource(String url, String password) {
    assertEquals(Set.of(password), masks(Map.of("INPUT_SOURCE_URL", url)));
  }

  @Test
  void everyFormOfIt() {
    assertEquals(
        Set.of(
            // Decoded; as the URL has it; as a form and as a URL encode it; in a conninfo string;
            // in a password file.
            "p@s s'\\:",
            "p%40s%20s'\\%3A",
            "p%40s+s%27%5C%3A",
            "p%40s%20s%27%5C%3A",
            "p@s s\\'\\\\:",
            "p@s s'\\\\\\:"),
        masks(Map.of("INPUT_SOURCE_URL", "postgresql://u:p%40s%20s'\\%3A@h/db")));
  }

  @Test
  void aTokenOfItsOwnWithTheLinesOfIt() {
    assertEquals(
        Set.of("ab\n cd", "ab", "cd", "ab%0A+cd", "ab%0A%20cd"),
        masks(Map.of("INPUT_SOURCE_PASSWORD", " ab\n cd\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://postgres:postgres@sandbox/postgres",
        "postgresql://preflight:preflight@sandbox/db",
        "postgresql://u:sandboxhost@sandboxhost/db",
        "postgresql://u:short@sandbox/db",
        "postgresql://u@sandbox/db"
      })
  void aSandboxesPasswordThatIsAWord(String url) {
    assertEquals(Set.of(), masks(Map.of("INPUT_SANDBOX_URL", url)));
  }

  @Test
  void aSandboxesPasswordThatIsLong() {
    assertEquals(
        Set.of("long-enough"),
        masks(Map.of("INPUT_SANDBOX_URL", "postgresql://u:long-enough@sandbox/db")));
  }

  private static Set<String> masks(Map<String, String> environment) {
    List<String> masks = Masks.of(new Inputs(environment));
    return new TreeSet<>(masks);
  }
}
