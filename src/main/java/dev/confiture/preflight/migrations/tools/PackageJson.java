package dev.confiture.preflight.migrations.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.migrations.FolderFiles;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The <a href="https://docs.npmjs.com/files/package.json">package.json</a> of a project. */
record PackageJson(JsonNode json) {

  private static final String NAME = "package.json";

  /** Markers of other tools, whose files may lie in a project that has this one's package too. */
  private static final Pattern OF_ANOTHER =
      Pattern.compile(
          "(?m)^[ \\t]*+--[ \\t]*+(?:\\+|migrate:|liquibase formatted|-- (?:create above|tern:))");

  /** Finds the nearest one; empty where there is none, or it cannot be read. */
  static Optional<PackageJson> find(FolderFiles files) {
    return files
        .project(NAME)
        .flatMap(path -> files.read(path).text())
        .flatMap(
            text -> {
              try {
                return Optional.of(new PackageJson(new ObjectMapper().readTree(text.text())));
              } catch (JsonProcessingException broken) {
                return Optional.empty();
              }
            });
  }

  /**
   * Returns what tells that a project's numbered SQL files are a package's: that it depends on the
   * package, and no file bears another tool's marker.
   */
  static Optional<String> evidence(FolderFiles files, String name) {
    boolean numbered =
        files.paths().stream()
            .map(FolderFiles::name)
            .anyMatch(file -> file.endsWith(".sql") && Character.isDigit(file.charAt(0)));
    return numbered
            && find(files).filter(found -> found.dependsOn(name)).isPresent()
            && files.paths().stream()
                .filter(path -> FolderFiles.name(path).endsWith(".sql"))
                .flatMap(path -> files.read(path).text().stream())
                .noneMatch(text -> OF_ANOTHER.matcher(text.text()).find())
        ? Optional.of(name + " in " + NAME)
        : Optional.empty();
  }

  boolean dependsOn(String name) {
    return List.of("dependencies", "devDependencies").stream()
        .anyMatch(kind -> json.path(kind).has(name));
  }

  /** Returns true if a script calls a command with this option. */
  boolean calls(String command, String option) {
    return scripts(command).stream()
        .anyMatch(script -> (" " + script + " ").contains(" " + option + " "));
  }

  /** Returns the value of an option with which a script calls a command. */
  Optional<String> value(String command, String option) {
    Pattern given = Pattern.compile("\\s" + Pattern.quote(option) + "[\\s=]+[\"']?([^\\s\"']+)");
    return scripts(command).stream()
        .map(given::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private List<String> scripts(String command) {
    return StreamSupport.stream(json.path("scripts").spliterator(), false)
        .map(JsonNode::asText)
        .filter(script -> script.contains(command))
        .toList();
  }
}
