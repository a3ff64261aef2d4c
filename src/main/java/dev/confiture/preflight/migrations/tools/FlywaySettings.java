package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String FILES = "filesystem:";

  /** A variable with a default that has none in it. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^{}:]*:(?<default>[^{}]*)}");

  /** The most variables of a value; a file is not to say how long reading it takes. */
  private static final int MOST_VARIABLES = 1_000;

  /** A backslash, but one behind which a value goes on in the next line. */
  private static final Pattern BACKSLASH =
      Pattern.compile("\\\\(?!\\r?\\n[ \\t]*(?!flyway\\.)[^ \\t\\r\\n])");

  /** The settings that decide what is run, and how. */
  private static final Set<String> DECISIVE =
      Set.of(
          "baselineonmigrate",
          "baselineversion",
          "defaultschema",
          "executeintransaction",
          "group",
          "ignoremigrationpatterns",
          "locations",
          "mixed",
          "outoforder",
          "placeholderprefix",
          "placeholderreplacement",
          "placeholdersuffix",
          "postgresql.transactional.lock",
          "postgresql.transactionallock",
          "schemas",
          "table",
          "target",
          "validatemigrationnaming",
          "validateonmigrate");

  private final Map<String, String> values;

  /** The names of those whose value only the deployment knows, as they are written. */
  private final Map<String, String> unknown;

  private final List<Path> read;
  private final List<Path> locations;

  /** Tells of a location outside of the project, which is none of these. */
  private final Optional<String> outside;

  private final List<Path> roots;

  private FlywaySettings(
      Map<String, String> values,
      Map<String, String> unknown,
      List<Path> read,
      List<Path> locations,
      Optional<String> outside,
      List<Path> roots) {
    this.values = Map.copyOf(values);
    this.unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    this.read = List.copyOf(read);
    this.locations = List.copyOf(locations);
    this.outside = outside;
    this.roots = List.copyOf(roots);
  }

  /** Returns the settings of a project that has no file of them. */
  static FlywaySettings none() {
    return new FlywaySettings(
        Map.of(), Map.of(), List.of(), List.of(), Optional.empty(), List.of());
  }

  /**
   * Reads those of the project that a folder of migrations belongs to.
   *
   * @throws UsageProblem if the folder is one of the configured locations, and another of these is
   *     outside of the project
   */
  static FlywaySettings of(FolderFiles files) {
    List<Source> sources = new ArrayList<>();
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
                Path resources = file.toAbsolutePath().resolveSibling("");
                sources.add(
                    new Source(
                        file,
                        resources.endsWith("src/main/resources") ? up(resources, 3) : resources,
                        own));
              }
            });
    for (String name : List.of("flyway.conf", "flyway.toml", "flyway.user.toml")) {
      files
          .project(name, "conf/" + name)
          .ifPresent(
              file -> {
                Path folder = file.toAbsolutePath().resolveSibling("");
                sources.add(
                    new Source(
                        file,
                        folder.endsWith("conf") ? up(folder, 1) : folder,
                        with(
                            text(files, file),
                            name.endsWith(".toml") ? FlywaySettings::toml : FlywaySettings::conf,
                            PREFIX)));
              });
    }
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> unknown = new TreeMap<>();
    for (Source source : sources) {
      source.values.forEach(
          (written, value) -> {
            String name = name(written);
            // The last one wins, in whatever spelling.
            values.remove(name);
            unknown.remove(name);
            known(value)
                .ifPresentOrElse(each -> values.put(name, each), () -> unknown.put(name, written));
          });
    }
    Set<Path> inside = new LinkedHashSet<>();
    Optional<String> outside = Optional.empty();
    Optional<Source> naming = naming(sources);
    if (naming.isPresent()) {
      Path project = files.root();
      // Spring's own is one of the usual places.
      String own = naming.get().isOfProgram() ? "filesystem:sql" : "";
      for (String location : list(values.getOrDefault("locations", own))) {
        Optional<Path> folder = naming.get().folder(location, project);
        folder.filter(each -> each.startsWith(project)).ifPresent(inside::add);
        outside =
            outside.or(
                () ->
                    folder
                        .filter(each -> !each.startsWith(project))
                        .map(
                            _ ->
                                "the location "
                                    + location
                                    + " of "
                                    + FolderFiles.name(naming.get().file)
                                    + " leads out of "
                                    + project
                                    + ", and is not read"));
      }
    }
    List<Path> roots = roots(files, inside);
    if (!roots.isEmpty() && outside.isPresent()) {
      throw new UsageProblem(outside.get(), "put its files into the project, and name them there");
    }
    return new FlywaySettings(
        values,
        unknown,
        sources.stream().map(Source::file).toList(),
        List.copyOf(inside),
        outside,
        roots);
  }

  /** Returns the file whose locations are read: the last that names some, or could have. */
  private static Optional<Source> naming(List<Source> sources) {
    return sources.reversed().stream()
        .filter(Source::namesLocations)
        .findFirst()
        .or(() -> sources.reversed().stream().filter(Source::isOfProgram).findFirst());
  }

  /**
   * A file of settings.
   *
   * @param working the folder in which the program runs that has such a file at this place
   * @param values what it holds, by name as written
   */
  private record Source(Path file, Path working, Map<String, String> values) {

    Source {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    boolean namesLocations() {
      return values.keySet().stream().map(FlywaySettings::name).anyMatch("locations"::equals);
    }

    /** Returns true for one of Flyway's own program, and false for Spring's. */
    boolean isOfProgram() {
      return FolderFiles.name(file).startsWith(PREFIX);
    }

    /**
     * Returns the folder that a location is, without links, if there is one: in the file system
     * from the working directory, else below the resources, as it is without a kind. Where the
     * program runs in the project's folder instead, that is the one.
     */
    Optional<Path> folder(String location, Path project) {
      String path = location.replace("{vendor}", "postgresql");
      if (path.contains("*")) {
        return Optional.empty();
      }
      try {
        String resource = path.replaceFirst("^(?:classpath:)?/*", "");
        Stream<Path> tried =
            path.startsWith(FILES)
                ? Stream.of(working, project).map(at -> at.resolve(path.substring(FILES.length())))
                : Stream.concat(
                    Stream.of(working, project).map(at -> at.resolve(RESOURCES).resolve(resource)),
                    Stream.of(file.resolveSibling(resource)));
        Optional<Path> folder = tried.filter(Files::isDirectory).findFirst();
        return folder.isPresent() ? Optional.of(folder.get().toRealPath()) : Optional.empty();
      } catch (IOException | InvalidPathException notThere) {
        return Optional.empty();
      }
    }
  }

  /** Returns a name as it is compared; of a placeholder the hyphens are its own. */
  private static String name(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    return name.startsWith(PLACEHOLDERS) ? name : name.replace("-", "");
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

  /** Reads a file of Flyway's own, in which a backslash is one unless its line goes on. */
  static Map<String, String> conf(String text) {
    return properties(BACKSLASH.matcher(text).replaceAll("\\\\\\\\"));
  }

  private static Map<String, String> properties(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
    } catch (IOException | IllegalArgumentException malformed) {
      // Spring would not start with it; what it was to say of Flyway is not known.
      return Map.of();
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name, "").strip()));
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

  /**
   * Returns a value without variables, each of which is its default, the innermost first; empty if
   * one has none.
   */
  private static Optional<String> known(String value) {
    String known = value;
    int taken = 0;
    for (Matcher variable = VARIABLE.matcher(known);
        taken < MOST_VARIABLES && variable.find();
        variable = VARIABLE.matcher(known)) {
      taken++;
      known =
          known.substring(0, variable.start())
              + variable.group("default")
              + known.substring(variable.end());
    }
    int left = known.indexOf("${");
    return left >= 0 && known.indexOf('}', left) >= 0 ? Optional.empty() : Optional.of(known);
  }

  /**
   * Returns the folders that are read where the folder of migrations is one of the configured: a
   * user who names another means that one alone. One below another is read with it.
   */
  private static List<Path> roots(FolderFiles files, Set<Path> folders) {
    List<Path> own = folders.stream().filter(folder -> isSame(folder, files.folder())).toList();
    return own.isEmpty()
        ? List.of()
        : folders.stream()
            .filter(
                folder ->
                    folders.stream()
                        .noneMatch(other -> !other.equals(folder) && folder.startsWith(other)))
            .map(folder -> own.contains(folder) ? files.folder() : written(files, folder))
            .toList();
  }

  private static boolean isSame(Path folder, Path other) {
    try {
      return Files.isSameFile(folder, other);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Returns a folder as the user would write it, unless a link on the way leads elsewhere. */
  private static Path written(FolderFiles files, Path folder) {
    Path written = files.written(folder);
    return isSame(folder, written) ? written : folder;
  }

  /**
   * Returns the folders of the locations that a project at a folder configures; where it is
   * configured without one, the program's own.
   *
   * @throws UsageProblem if all that there are lie outside of the project
   */
  static List<Path> locations(Path base) {
    FolderFiles files = FolderFiles.list(base.toString().isEmpty() ? Path.of(".") : base);
    FlywaySettings settings = of(files);
    if (settings.locations.isEmpty() && settings.outside.isPresent()) {
      throw new UsageProblem(
          settings.outside.get(), "name the folder that is deployed with --migrations-dir");
    }
    return settings.locations.stream().map(folder -> written(files, folder)).toList();
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
    Map<String, String> placeholders = new HashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(PLACEHOLDERS)) {
            placeholders.put(name.substring(PLACEHOLDERS.length()), value);
          }
        });
    return placeholders;
  }

  /** Returns the placeholders whose value only the deployment knows, by name in lower case. */
  Set<String> unknownPlaceholders() {
    Set<String> names = new HashSet<>();
    for (String name : unknown.keySet()) {
      switch (name) {
        case "table" -> names.add("flyway:table");
        case "defaultschema", "schemas" -> names.add("flyway:defaultschema");
        default -> {
          if (name.startsWith(PLACEHOLDERS)) {
            names.add(name.substring(PLACEHOLDERS.length()));
          }
        }
      }
    }
    if (values.containsKey("defaultschema")) {
      names.remove("flyway:defaultschema");
    }
    return names;
  }

  /**
   * Returns the settings that would decide what is run, and how, and whose value only the
   * deployment knows: each is taken for its default.
   */
  List<String> unknown() {
    return unknown.entrySet().stream()
        .filter(each -> DECISIVE.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .toList();
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
