package dev.confiture.preflight.runner;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the runner mends in an annotation's place, in its order (ValidateLinesAndColumns). */
final class IssuePlace {

  private final Map<String, String> properties;

  private IssuePlace(Map<String, String> properties) {
    this.properties = new HashMap<>(properties);
  }

  /** The properties as they are shown. */
  static Map<String, String> mended(Map<String, String> properties) {
    IssuePlace place = new IssuePlace(properties);
    place.complete("line", "endline");
    place.complete("col", "endcolumn");
    if (place.number("line").isEmpty()) {
      place.drop("col", "endcolumn");
    }
    if (!place.text("endline").equals(place.text("line")) && place.has("endline")) {
      place.drop("col", "endcolumn");
    }
    place.dropBackwards("line", "endline");
    place.dropBackwards("col", "endcolumn");
    return place.properties;
  }

  /** An end without a start is the start. */
  private void complete(String start, String end) {
    if (number(start).isEmpty() && number(end).isPresent()) {
      properties.put(start, text(end));
    }
  }

  private void dropBackwards(String start, String end) {
    if (number(start).isPresent()
        && number(end).isPresent()
        && number(end).get() < number(start).get()) {
      drop(start, end);
    }
  }

  private void drop(String start, String end) {
    properties.remove(start);
    properties.remove(end);
  }

  private boolean has(String name) {
    return properties.containsKey(name);
  }

  private String text(String name) {
    return properties.getOrDefault(name, "");
  }

  private Optional<Integer> number(String name) {
    return Optional.of(text(name)).filter(t -> t.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }
}
