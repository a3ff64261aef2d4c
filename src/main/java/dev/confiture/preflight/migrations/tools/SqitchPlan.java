package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Digest;
import dev.confiture.preflight.sql.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A <a href="https://sqitch.org/docs/manual/sqitchchanges/">plan of sqitch's</a>: its changes in
 * the order in which they are deployed.
 *
 * @param project its name
 * @param changes in order
 * @param wrong what sqitch refuses about it, if anything
 */
record SqitchPlan(String project, List<Change> changes, Optional<String> wrong) {

  private static final Pattern CHANGE =
      Pattern.compile(
          "\\s*[+-]?\\s*(?<name>[^\\s@+\\[#%-][^\\s#]*)(?:\\s+\\[(?<needs>[^\\]]*)\\])?"
              + "\\s+(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z)"
              + "\\s++(?<planner>[^<]*+)<(?<email>[^>]*)>\\s*(?:#(?<note>.*))?");
  private static final Pattern TAG = Pattern.compile("\\s*@(\\S+)\\s.*");
  private static final Pattern PRAGMA = Pattern.compile("\\s*+%\\s*+([^=\\s]++)\\s*+(?:=(.*))?");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([nr\\\\])");

  SqitchPlan {
    changes = List.copyOf(changes);
  }

  /**
   * A change.
   *
   * @param id by which the registry knows it: it depends on the change before it, too
   * @param requires the changes that have to be deployed before it
   * @param conflicts the changes that must not be deployed
   * @param reworkedAt the tags behind which another of its name follows, the last one first
   */
  record Change(
      String id,
      String name,
      String date,
      String planner,
      String email,
      String note,
      List<String> requires,
      List<String> conflicts,
      List<String> tags,
      List<String> reworkedAt) {

    /** Returns what it is called among all: a later one has its name without a tag. */
    String version() {
      return reworkedAt.isEmpty() ? name : name + "@" + reworkedAt.getFirst();
    }
  }

  /** Reads a plan. */
  static SqitchPlan of(SourceText text) {
    return new Reading(text).plan();
  }

  /** Returns the change with an id, if the plan has it. */
  Optional<Change> withId(String id) {
    return changes.stream().filter(change -> change.id().equals(id)).findFirst();
  }

  /** Returns the place of a version in the plan, from 0; -1 for one that it does not have. */
  int position(String version) {
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).version().equals(version)) {
        return i;
      }
    }
    return -1;
  }

  /** One plan being read. */
  private static final class Reading {

    private final SourceText text;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, String> pragmas = new HashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();
    private Optional<String> wrong = Optional.empty();

    Reading(SourceText text) {
      this.text = text;
    }

    SqitchPlan plan() {
      for (int number = 1; number <= text.lineCount(); number++) {
        String line = text.line(number);
        Matcher pragma = PRAGMA.matcher(line);
        Matcher tag = TAG.matcher(line);
        Matcher change = CHANGE.matcher(line);
        boolean empty = line.isBlank() || line.stripLeading().startsWith("#");
        if (pragma.matches()) {
          pragmas.put(pragma.group(1), Optional.ofNullable(pragma.group(2)).orElse("").strip());
        } else if (tag.matches() && !changes.isEmpty()) {
          changes.set(changes.size() - 1, tagged(changes.getLast(), tag.group(1)));
        } else if (!empty && change.matches()) {
          add(change, number);
        } else if (!empty) {
          refuse(number, "line is neither a change nor a tag: " + line.strip());
        }
      }
      return new SqitchPlan(project(), changes, wrong);
    }

    private String project() {
      return pragmas.getOrDefault("project", "");
    }

    private void refuse(int line, String reason) {
      wrong =
          wrong.or(
              () -> Optional.of("syntax error in sqitch.plan at line " + line + ": " + reason));
    }

    private static Change tagged(Change change, String tag) {
      return with(
          change, Stream.concat(change.tags().stream(), Stream.of(tag)).toList(), List.of());
    }

    private static Change with(Change change, List<String> tags, List<String> reworkedAt) {
      return new Change(
          change.id(),
          change.name(),
          change.date(),
          change.planner(),
          change.email(),
          change.note(),
          change.requires(),
          change.conflicts(),
          tags,
          reworkedAt);
    }

    private void add(Matcher line, int number) {
      String name = line.group("name");
      Optional.ofNullable(newest.put(name, changes.size()))
          .ifPresent(earlier -> rework(earlier, name, number));
      List<String> needs =
          Optional.ofNullable(line.group("needs")).stream()
              .flatMap(all -> Stream.of(all.strip().split("\\s+")))
              .filter(need -> !need.isEmpty())
              .toList();
      Change change =
          new Change(
              "",
              name,
              line.group("date"),
              line.group("planner").strip(),
              line.group("email").strip(),
              note(Optional.ofNullable(line.group("note")).orElse("")),
              needs.stream().filter(need -> !need.startsWith("!")).toList(),
              needs.stream()
                  .filter(need -> need.startsWith("!"))
                  .map(need -> need.substring(1))
                  .toList(),
              List.of(),
              List.of());
      changes.add(withId(change));
    }

    /** The earlier change of a name keeps its script under that name with a tag. */
    private void rework(int earlier, String name, int number) {
      List<String> tags = new ArrayList<>();
      for (int i = changes.size() - 1; i >= earlier; i--) {
        tags.addAll(changes.get(i).tags());
      }
      if (tags.isEmpty()) {
        refuse(number, "change \"" + name + "\" duplicates an earlier one without a tag between");
      }
      Change reworked = changes.get(earlier);
      changes.set(earlier, with(reworked, reworked.tags(), tags));
    }

    private static String note(String written) {
      return ESCAPED
          .matcher(written.strip())
          .replaceAll(
              escape ->
                  switch (escape.group(1)) {
                    case "n" -> "\n";
                    case "r" -> "\r";
                    default -> "\\\\";
                  });
    }

    /** The id is git's of an object that holds all of the change and its parent's id. */
    private Change withId(Change change) {
      List<String> info = new ArrayList<>();
      info.add("project " + project());
      Optional.ofNullable(pragmas.get("uri")).ifPresent(uri -> info.add("uri " + uri));
      info.add("change " + change.name());
      if (!changes.isEmpty()) {
        info.add("parent " + changes.getLast().id());
      }
      info.add("planner " + change.planner() + " <" + change.email() + ">");
      info.add("date " + change.date());
      if (!change.requires().isEmpty()) {
        info.add("requires\n  + " + String.join("\n  + ", change.requires()));
      }
      if (!change.conflicts().isEmpty()) {
        info.add("conflicts\n  - " + String.join("\n  - ", change.conflicts()));
      }
      if (!change.note().isEmpty()) {
        info.add("\n" + change.note());
      }
      byte[] content = String.join("\n", info).getBytes(StandardCharsets.UTF_8);
      return new Change(
          sha1("change " + content.length + "\0", content),
          change.name(),
          change.date(),
          change.planner(),
          change.email(),
          change.note(),
          change.requires(),
          change.conflicts(),
          change.tags(),
          change.reworkedAt());
    }
  }

  /** Returns the SHA-1 of two texts, one behind the other, in hexadecimal digits. */
  static String sha1(String header, byte[] content) {
    return Digest.SHA_1.of(header.getBytes(StandardCharsets.UTF_8), content);
  }
}
