package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Flyway's settings, as the project's files hold them: {@code flyway.conf}, {@code flyway.toml} and
 * Spring's {@code application.properties} or {@code application.yml}, the later of these over the
 * earlier ones in that order from Spring's to {@code flyway.toml}.
 *
 * <p>Names are compared in lower case and without hyphens, as Spring does. A value that takes an
 * environment variable is not known here: what stands behind a colon in it is its default.
 */
final class FlywaySettings {

  private static final String PREFIX = "flyway.";
  private static final String SPRING = "spring.flyway.";
  private static final String PLACEHOLDERS = "placeholders.";
  private static final String RESOURCES = "src/main/resources/";

  private final Map<String, String> values;
  private final Map<String, String> placeholders;
  private final List<Path> read;
  private final List<Path> roots;

  private FlywaySettings(
      Map<String, String> values,
      Map<String, String> placeholders,
      List<Path> read,
      List<Path> roots) {
    this.values = Map.copyOf(values);
    this.placeholders = Map.copyOf(placeholders);
    this.read = List.copyOf(read);
    this.roots = List.copyOf(roots);
  }

  /** Returns the settings of a project that has no file of them. */
  static FlywaySettings none() {
    return new FlywaySettings(Map.of(), Map.of(), List.of(), List.of());
  }

  /** Reads those of the project that a folder of migrations belongs to. */
  static FlywaySettings of(FolderFiles files) {
    Map<String, String> found = new LinkedHashMap<>();
    List<Path> read = new ArrayList<>();
    List<Path> bases = new ArrayList<>();
    files
        .project(
            "application.properties",
            "application.yml",
            "application.yaml",
            RESOURCES + "application.properties",
            RESOURCES + "application.yml",
            RESOURCES + "application.yaml")
        .ifPresent(
            file -> {
              Map<String, String> own =
                  with(
                      text(files, file),
                      FolderFiles.name(file).endsWith(".properties")
                          ? FlywaySettings::properties
                          : FlywaySettings::yaml,
                      SPRING);
              if (!own.isEmpty()) {
                found.putAll(own);
                read.add(file);
                Path resources = file.toAbsolutePath().resolveSibling("");
                bases.add(resources.endsWith("src/main/resources") ? up(resources, 3) : resources);
              }
            });
    for (String name : List.of("flyway.conf", "flyway.toml", "flyway.user.toml")) {
      files
          .project(name, "conf/" + name)
          .ifPresent(
              file -> {
                Map<String, String> own =
                    with(
                        text(files, file),
                        name.endsWith(".toml") ? FlywaySettings::toml : FlywaySettings::properties,
                        PREFIX);
                found.putAll(own);
                read.add(file);
                Path folder = file.toAbsolutePath().resolveSibling("");
                bases.add(folder.endsWith("conf") ? up(folder, 1) : folder);
              });
    }
    Map<String, String> placeholders = new LinkedHashMap<>();
    Map<String, String> values = new LinkedHashMap<>();
    found.forEach(
        (name, value) -> {
          if (name.startsWith(PLACEHOLDERS)) {
            known(value)
                .ifPresent(
                    each ->
                        placeholders.put(
                            name.substring(PLACEHOLDERS.length()).toLowerCase(Locale.ROOT), each));
          } else {
            known(value)
                .ifPresent(
                    each -> values.put(name.replace("-", "").toLowerCase(Locale.ROOT), each));
          }
        });
    return new FlywaySettings(
        values,
        placeholders,
        read,
        roots(files, list(values.getOrDefault("locations", "")), bases));
  }

  private static Path up(Path folder, int levels) {
    Path around = folder;
    for (int i = 0; i < levels && around.getParent() != null; i++) {
      around = around.getParent();
    }
    return around;
  }

  /** A way to read the names and values of a file. */
  private interface Format {
    Map<String, String> read(String text);
  }

  private static Map<String, String> with(String text, Format format, String prefix) {
    Map<String, String> own = new LinkedHashMap<>();
    format
        .read(text)
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), value);
              }
            });
    return own;
  }

  private static String text(FolderFiles files, Path file) {
    return files.read(file).text().map(SourceText::text).orElse("");
  }

  /**
   * Reads lines of the form {@code name=value}; Flyway and Spring both take a backslash for one.
   */
  private static Map<String, String> properties(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .map(line -> line.replace("\uFEFF", "").strip())
        .filter(line -> !line.startsWith("#") && !line.startsWith("!") && line.indexOf('=') > 0)
        .forEach(
            line ->
                values.put(
                    line.substring(0, line.indexOf('=')).strip(),
                    line.substring(line.indexOf('=') + 1).strip()));
    return values;
  }

  /** Reads the parts of a YAML file that hold in every profile. */
  private static Map<String, String> yaml(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      for (Object part :
          new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build())
              .loadAllFromString(text)) {
        Map<String, String> own = new LinkedHashMap<>();
        flatten("", part, own);
        if (own.keySet().stream()
            .noneMatch(
                name ->
                    name.startsWith("spring.config.activate") || name.equals("spring.profiles"))) {
          values.putAll(own);
        }
      }
    } catch (YamlEngineException broken) {
      // Spring would not start with it; what it was to say of Flyway is not known.
      return Map.of();
    }
    return values;
  }

  private static void flatten(String name, Object node, Map<String, String> values) {
    switch (node) {
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                if (value != null) {
                  flatten(name.isEmpty() ? key.toString() : name + "." + key, value, values);
                }
              });
      case List<?> list ->
          values.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      case null -> {}
      default -> values.put(name, node.toString());
    }
  }

  /** Reads tables, strings, numbers, booleans and lists of strings: what Flyway's files hold. */
  private static Map<String, String> toml(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    String table = "";
    StringBuilder open = new StringBuilder();
    for (String each : text.lines().toList()) {
      String line = withoutComment(each.replace("\uFEFF", "")).strip();
      if (open.isEmpty() && line.startsWith("[") && line.endsWith("]")) {
        table = line.replaceAll("[\\[\\]\"\\s]", "") + ".";
        continue;
      }
      open.append(line);
      int equals = open.indexOf("=");
      String value = equals < 0 ? "" : open.substring(equals + 1).strip();
      if (value.startsWith("[") && !value.endsWith("]")) {
        continue;
      }
      if (equals > 0) {
        values.put(
            table + open.substring(0, equals).replace("\"", "").strip(),
            value.startsWith("[")
                ? Stream.of(value.substring(1, value.length() - 1).split(",", -1))
                    .map(FlywaySettings::unquoted)
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.joining(","))
                : unquoted(value));
      }
      open.setLength(0);
    }
    return values;
  }

  private static String withoutComment(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && c == '#') {
        return line.substring(0, i);
      }
      if (c == '"' || c == '\'') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
    return line;
  }

  private static String unquoted(String word) {
    String stripped = word.strip();
    return stripped.length() > 1
            && "\"'".indexOf(stripped.charAt(0)) >= 0
            && stripped.charAt(0) == stripped.charAt(stripped.length() - 1)
        ? stripped.substring(1, stripped.length() - 1)
        : stripped;
  }

  /** Returns a value without variables, each of which is its default. */
  private static Optional<String> known(String value) {
    StringBuilder known = new StringBuilder();
    int from = 0;
    for (int start = value.indexOf("${"); start >= 0; start = value.indexOf("${", from)) {
      int end = value.indexOf('}', start);
      int colon = value.indexOf(':', start);
      if (end < 0 || colon < 0 || colon > end) {
        return Optional.empty();
      }
      known.append(value, from, start).append(value, colon + 1, end);
      from = end + 1;
    }
    return Optional.of(known.append(value.substring(from)).toString());
  }

  /**
   * Returns the folders of the configured locations, where the folder of migrations is one of them:
   * a user who names another means that one alone.
   */
  private static List<Path> roots(FolderFiles files, List<String> locations, List<Path> bases) {
    List<Path> roots = new ArrayList<>();
    boolean own = false;
    try {
      Path folder = files.folder().toRealPath();
      Path project = InputFile.project(folder);
      for (String location : locations) {
        String path = path(location);
        for (Path base : bases) {
          for (String under : List.of("", RESOURCES)) {
            Path root = base.resolve(under).resolve(path).normalize();
            if (!path.contains("*")
                && Files.isDirectory(root)
                && root.toRealPath().startsWith(project)
                && roots.stream().noneMatch(root::startsWith)) {
              boolean isFolder = root.toRealPath().equals(folder);
              own |= isFolder;
              roots.add(isFolder ? files.folder() : root);
            }
          }
        }
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    return own ? roots : List.of();
  }

  /**
   * Returns the folders of the locations that a project at a folder configures; where it is
   * configured without one, the program's own.
   */
  static List<Path> locations(Path base) {
    FolderFiles files = FolderFiles.list(base.toString().isEmpty() ? Path.of(".") : base);
    FlywaySettings settings = of(files);
    // Spring's own is one of the usual places.
    boolean ofProgram =
        settings.read.stream().anyMatch(file -> FolderFiles.name(file).startsWith(PREFIX));
    return list(settings.values.getOrDefault("locations", ofProgram ? "filesystem:sql" : ""))
        .stream()
        .flatMap(
            location ->
                Stream.of("", RESOURCES)
                    .map(under -> base.resolve(under).resolve(path(location)).normalize()))
        .filter(Files::isDirectory)
        .toList();
  }

  /** Returns the path of a location below what its kind begins at. */
  private static String path(String location) {
    return location
        .replace("{vendor}", "postgresql")
        .replaceFirst("^(classpath|filesystem):/?(?=[^/])", "");
  }

  private static List<String> list(String value) {
    return Stream.of(value.split(",", -1)).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  /** Returns the files that hold settings. */
  List<Path> files() {
    return read;
  }

  /** Returns the folders of the configured locations; empty where the given one is all there is. */
  List<Path> roots() {
    return roots;
  }

  /** Returns the configured values of placeholders, by name in lower case. */
  Map<String, String> placeholders() {
    return placeholders;
  }

  boolean isOn(String name, boolean otherwise) {
    return text(name).map(Boolean::parseBoolean).orElse(otherwise);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** Returns the values of a list. */
  List<String> list(String name, String otherwise) {
    return list(text(name).orElse(otherwise));
  }

  /** Returns the schema of the ledger, where one is configured. */
  Optional<String> schema() {
    return text("defaultschema").or(() -> list("schemas", "").stream().findFirst());
  }

  String table() {
    return text("table").orElse("flyway_schema_history");
  }

  /** Returns false where the lock is one of the session, and no transaction holds it. */
  boolean locksInTransaction() {
    return isOn("postgresql.transactional.lock", isOn("postgresql.transactionallock", true));
  }

  /** Returns true if all pending files are one transaction. */
  boolean isGroup() {
    return isOn("group", false);
  }

  boolean isMixed() {
    return isOn("mixed", false);
  }

  boolean runsOutOfOrder() {
    return isOn("outoforder", false);
  }
}
