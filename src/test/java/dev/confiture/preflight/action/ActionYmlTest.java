package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** action.yml, the program and the README know the same inputs and outputs, in the same words. */
final class ActionYmlTest {

  private static Map<?, ?> actionYml() throws IOException {
    Object root =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("action.yml")));
    return assertInstanceOf(Map.class, root);
  }

  @Test
  void theInputsAreThoseOfTheProgram() throws IOException {
    Map<?, ?> inputs = assertInstanceOf(Map.class, actionYml().get("inputs"));
    assertEquals(
        Inputs.all().stream()
            .map(input -> List.of(input.input(), input.fallback(), Inputs.meaning(input)))
            .toList(),
        inputs.entrySet().stream()
            .map(
                each -> {
                  Map<?, ?> input = assertInstanceOf(Map.class, each.getValue());
                  return List.of(each.getKey(), input.get("default"), input.get("description"));
                })
            .toList());
  }

  @Test
  void theOutputsAreThoseOfTheProgram() throws IOException {
    Map<?, ?> outputs = assertInstanceOf(Map.class, actionYml().get("outputs"));
    assertEquals(
        Stream.of(StepOutputs.Output.values()).map(o -> List.of(o.id(), o.meaning())).toList(),
        outputs.entrySet().stream()
            .map(
                each ->
                    List.of(
                        each.getKey(),
                        assertInstanceOf(Map.class, each.getValue()).get("description")))
            .toList());
  }

  @Test
  void theImageIsStartedByItsOwnScript() throws IOException {
    Map<?, ?> runs = assertInstanceOf(Map.class, actionYml().get("runs"));
    assertEquals("docker", runs.get("using"));
    assertEquals("/entrypoint.sh", runs.get("entrypoint"));
  }

  @Test
  void theReadmeListsThem() throws IOException {
    List<String> readme = Files.readAllLines(Path.of("README.md"));
    assertEquals(
        Inputs.all().stream()
            .map(
                input ->
                    "| `"
                        + input.input()
                        + "` | "
                        + (input.fallback().isEmpty() ? "" : "`" + input.fallback() + "`")
                        + " | "
                        + Inputs.meaning(input)
                        + " |")
            .toList(),
        rowsAfter("| input | default | meaning |", readme));
    assertEquals(
        Stream.of(StepOutputs.Output.values())
            .map(o -> "| `" + o.id() + "` | " + o.meaning() + " |")
            .toList(),
        rowsAfter("| output | meaning |", readme));
  }

  private static List<String> rowsAfter(String heading, List<String> lines) {
    return lines.stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }
}
