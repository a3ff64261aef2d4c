package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.migrations.FolderFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the configuration files of a project say: Liquibase's own and Spring's.
 *
 * @param root the root changelog, where one of them names one of the folder
 * @param base the folder from which it is named
 * @param parameters values for {@code ${name}}
 */
record Configured(Optional<Path> root, Optional<Path> base, Map<String, String> parameters) {

  /** The folder of a Maven project from which its changelogs are named. */
  static final String RESOURCES = "src/main/resources";

  private static final List<String> FILES =
      List.of(
          "liquibase.properties",
          "src/main/resources/liquibase.properties",
          "src/main/resources/application.properties",
          "src/main/resources/application.yml",
          "src/main/resources/application.yaml");

  private static final List<String> KEYS =
      List.of(
          "changeLogFile",
          "changelogFile",
          "changelog-file",
          "liquibase.command.changelogFile",
          "spring.liquibase.change-log",
          "spring.liquibase.changeLog");

  private static final String OF_PARAMETER = "parameter.";

  /**
   * Spring's key in YAML, on a line of its own, in one line with those above it, or in braces. The
   * rest of such a file need be no YAML before a build has put its values in.
   */
  private static final Pattern SPRING_KEY =
      Pattern.compile(
          "(?m)(?:^|[{,])[ \\t]*+[\"']?+(?:(?:spring\\.)?+liquibase\\.)?+change-?+[lL]og[\"']?+:"
              + "[ \\t]++[\"']?+([^\"'\\s#,}]++)");

  Configured {
    parameters = Map.copyOf(parameters);
  }

  /** A configuration file that there is, and how far above the folder. */
  private record Found(Path file, int depth) {}

  /**
   * Reads them, the nearest first; one that names no changelog of the folder leaves it to others.
   */
  static Configured of(FolderFiles files) {
    List<Found> found = new ArrayList<>();
    for (String name : FILES) {
      files
          .project(name)
          .ifPresent(
              file ->
                  found.add(new Found(file, file.getNameCount() - Path.of(name).getNameCount())));
    }
    found.sort(Comparator.comparingInt(Found::depth).reversed());
    Map<String, String> parameters = new HashMap<>();
    Optional<Configured> first = Optional.empty();
    for (Found each : found) {
      Properties properties =
          files
              .read(each.file())
              .text()
              .map(text -> properties(each.file(), text.text()))
              .orElseGet(Properties::new);
      for (String name : properties.stringPropertyNames()) {
        if (name.startsWith(OF_PARAMETER)) {
          parameters.putIfAbsent(
              name.substring(OF_PARAMETER.length()), properties.getProperty(name, ""));
        }
      }
      if (first.isEmpty()) {
        first = named(files.folder(), each.file(), properties);
      }
    }
    return new Configured(
        first.flatMap(Configured::root), first.flatMap(Configured::base), parameters);
  }

  private static Properties properties(Path file, String text) {
    Properties properties = new Properties();
    if (FolderFiles.name(file).endsWith(".properties")) {
      try {
        properties.load(new StringReader(text));
      } catch (IOException | IllegalArgumentException malformed) {
        properties.clear();
      }
    } else if (text.contains("liquibase")) {
      Matcher key = SPRING_KEY.matcher(text);
      if (key.find()) {
        properties.put(KEYS.getFirst(), key.group(1));
      }
    }
    return properties;
  }

  /** Finds the changelog that a configuration names, from its own folder or one above it. */
  private static Optional<Configured> named(Path folder, Path file, Properties properties) {
    Optional<String> named =
        KEYS.stream()
            .flatMap(key -> Optional.ofNullable(properties.getProperty(key)).stream())
            .filter(value -> !value.isBlank())
            .findFirst()
            .map(Changelogs::normalised);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path real = folder.toRealPath();
      Path project = InputFile.project(real);
      for (Path at = file.toRealPath().getParent();
          at != null && at.startsWith(project);
          at = at.getParent()) {
        for (Path base : List.of(at, at.resolve(RESOURCES))) {
          Path root = base.resolve(named.get());
          if (Files.isRegularFile(root) && real.equals(root.getParent())) {
            return Optional.of(new Configured(Optional.of(root), Optional.of(base), Map.of()));
          }
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
