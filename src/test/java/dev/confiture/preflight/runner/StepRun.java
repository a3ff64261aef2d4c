package dev.confiture.preflight.runner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the runner makes of a step's standard output.
 *
 * @param annotations the first ten of each level, with the messages as they are shown
 * @param masks what is hidden from the line on where it was said
 * @param log what a reader sees
 */
public record StepRun(List<Command> annotations, List<String> masks, List<String> log) {

  private static final Set<String> NAMES =
      Set.of(
          "debug",
          "notice",
          "warning",
          "error",
          "group",
          "endgroup",
          "add-mask",
          "add-matcher",
          "remove-matcher",
          "stop-commands",
          "echo",
          "set-output",
          "save-state",
          "set-env",
          "add-path");
  private static final Set<String> NO_TOKENS = Set.of("", "pause-logging");
  private static final int MOST = 10;
  private static final int LONGEST = 4096;
  private static final int SHORT_TOKEN = 6;

  /**
   * Reads it line by line.
   *
   * @throws IllegalStateException where a command fails the step, or forges an output
   */
  public static StepRun of(String output) {
    List<Command> annotations = new ArrayList<>();
    List<String> masks = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    List<String> log = new ArrayList<>();
    Map<String, Integer> slots = new HashMap<>();
    Optional<String> stopped = Optional.empty();
    for (String line : output.lines().toList()) {
      Set<String> registered = new HashSet<>(NAMES);
      stopped.ifPresent(registered::add);
      Optional<Command> read = Command.parse(line, registered);
      if (stopped.isPresent()) {
        if (read.filter(c -> registered(c, registered)).isPresent()
            && read.get().name().equals(stopped.get())) {
          stopped = Optional.empty();
        } else {
          log.add(masked(line, hidden));
        }
        continue;
      }
      if (read.isEmpty()) {
        log.add(masked(line, hidden));
        continue;
      }
      Command command = read.get();
      switch (command.name()) {
        case "error", "warning", "notice" -> {
          if (slots.merge(command.name(), 1, Integer::sum) <= MOST) {
            annotate(command, hidden, annotations);
          }
        }
        case "add-mask" -> {
          masks.add(command.data());
          hidden.add(command.data());
        }
        case "stop-commands" -> {
          String token = command.data();
          if (NO_TOKENS.contains(token) || NAMES.contains(token.toLowerCase(Locale.ROOT))) {
            throw new IllegalStateException("no token to resume by: " + line);
          }
          if (token.length() > SHORT_TOKEN) {
            hidden.add(token);
          }
          stopped = Optional.of(token.toLowerCase(Locale.ROOT));
        }
        case "group", "endgroup" ->
            log.add("##[" + command.name() + "]" + masked(command.data(), hidden));
        // Shown in debug runs alone.
        case "debug" -> {}
        default -> throw new IllegalStateException("the step says " + line);
      }
    }
    if (stopped.isPresent()) {
      throw new IllegalStateException("commands stay stopped");
    }
    return new StepRun(annotations, masks, log);
  }

  private static boolean registered(Command command, Set<String> names) {
    return names.contains(command.name());
  }

  private static void annotate(Command command, List<String> masks, List<Command> annotations) {
    String message = masked(command.data(), masks);
    // It has taken a slot all the same.
    if (!message.isBlank()) {
      annotations.add(
          new Command(
              command.name(),
              Map.copyOf(IssuePlace.mended(command.properties())),
              message.substring(0, Math.min(LONGEST, message.length()))));
    }
  }

  private static String masked(String line, List<String> masks) {
    String shown = line;
    for (String mask : masks) {
      for (String form : SecretForms.of(mask)) {
        shown = shown.replace(form, "***");
      }
    }
    return shown;
  }
}
