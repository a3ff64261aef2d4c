package dev.confiture.preflight.runner;

import java.util.ArrayList;
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
  private static final int MOST = 10;
  private static final int LONGEST = 4096;

  /**
   * Reads it line by line.
   *
   * @throws IllegalStateException where a command fails the step, or forges an output
   */
  public static StepRun of(String output) {
    List<Command> annotations = new ArrayList<>();
    List<String> masks = new ArrayList<>();
    List<String> log = new ArrayList<>();
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
          log.add(masked(line, masks));
        }
        continue;
      }
      if (read.isEmpty()) {
        log.add(masked(line, masks));
        continue;
      }
      Command command = read.get();
      switch (command.name()) {
        case "error", "warning", "notice" -> annotate(command, masks, annotations);
        case "add-mask" -> masks.add(command.data());
        case "stop-commands" -> stopped = Optional.of(command.data().toLowerCase(Locale.ROOT));
        case "group", "endgroup", "debug" -> log.add(masked(command.data(), masks));
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
    long same = annotations.stream().filter(a -> a.name().equals(command.name())).count();
    String message = masked(command.data(), masks);
    if (same < MOST && !message.isBlank()) {
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
      shown = shown.replace(mask, "***");
    }
    return shown;
  }
}
