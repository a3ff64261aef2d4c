package dev.confiture.preflight.action;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.TimeSpan;
import dev.confiture.preflight.problem.UsageProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The values of the inputs. Not given and given as an empty string are the same to the runner, and
 * blanks around a value come with pasted secrets.
 */
final class Inputs {

  private static final List<String> TRUE = List.of("true", "True", "TRUE");
  private static final List<String> FALSE = List.of("false", "False", "FALSE");

  private final Map<String, String> environment;

  Inputs(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What was given, else the default. */
  Optional<String> text(Input input) {
    String given = environment.getOrDefault(input.variable(), "").strip();
    return Optional.of(given.isEmpty() ? input.fallback() : given).filter(v -> !v.isEmpty());
  }

  /** As YAML 1.2's core schema and the runner's toolkit read it. */
  boolean isTrue(Input input) {
    String value = text(input).orElse("false");
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      throw wrong(input, "'" + value + "' is neither true nor false");
    }
    return TRUE.contains(value);
  }

  Duration duration(Input input) {
    return parsed(input, TimeSpan::parse).orElse(Duration.ZERO);
  }

  /** A connection string; what is said about a bad one never repeats it. */
  Optional<ConnectionString> connection(Input input) {
    return parsed(input, ConnectionString::parse);
  }

  /** Separated by commas or line ends. */
  List<String> list(Input input) {
    return text(input).stream()
        .flatMap(value -> Stream.of(value.split("[,\n]", -1)))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  <E extends Enum<E>> E word(Input input, Class<E> type) {
    String value = text(input).orElse("");
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    input,
                    "'"
                        + value
                        + "' is not one of "
                        + String.join(
                            ", ",
                            Stream.of(type.getEnumConstants()).map(Enum::toString).toList())));
  }

  private <T> Optional<T> parsed(Input input, Function<String, T> parser) {
    try {
      return text(input).map(parser);
    } catch (IllegalArgumentException bad) {
      throw wrong(input, String.valueOf(bad.getMessage()));
    }
  }

  private static UsageProblem wrong(Input input, String why) {
    return new UsageProblem("the input " + input.id() + ": " + why, "it is " + input.meaning());
  }
}
