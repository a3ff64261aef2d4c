package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An environment of MyBatis Migrations, {@code environments/<name>.properties} beside the scripts:
 * its settings, and the values of variables in the scripts.
 *
 * <p>Where the project has none, the settings are those with which MyBatis makes one.
 *
 * @param name the file's name, if there is one
 * @param delimiter what ends a statement in a script that is sent in parts
 * @param fullLine true if only a line that is nothing but the delimiter ends one
 * @param fullScript true if a script is sent as a whole
 * @param autoCommit true if no transaction is opened
 * @param changelog the ledger's name, as it is written into statements
 * @param charset the encoding of scripts
 * @param variables the values of variables, by name
 * @param remarks what is to be said of it, a sentence each
 */
record MyBatisEnvironment(
    Optional<String> name,
    String delimiter,
    boolean fullLine,
    boolean fullScript,
    boolean autoCommit,
    QualifiedName changelog,
    Charset charset,
    Map<String, String> variables,
    List<String> remarks) {

  private static final String FOLDER = "environments";
  private static final String ENDING = ".properties";

  /** The one that MyBatis takes where none is named. */
  private static final String USUAL = "development";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");
  private static final Pattern PART = Pattern.compile("\"([^\"]+)\"|([^\".]+)");

  private static final List<String> HOOKS =
      List.of("hook_before_up", "hook_before_each_up", "hook_after_each_up", "hook_after_up");

  /** The settings that no variable may be named after. */
  private static final Set<String> SETTINGS =
      Set.of(
          "time_zone",
          "delimiter",
          "script_char_set",
          "full_line_delimiter",
          "send_full_script",
          "auto_commit",
          "remove_crs",
          "ignore_warnings",
          "driver_path",
          "driver",
          "url",
          "username",
          "password");

  MyBatisEnvironment {
    variables = Map.copyOf(variables);
    remarks = List.copyOf(remarks);
  }

  /** Returns what MyBatis makes for a new project. */
  static MyBatisEnvironment usual() {
    return of(Optional.empty(), new Properties(), List.of());
  }

  /**
   * Reads the environment of a folder of scripts: the named one, else MyBatis' usual one, else the
   * only one that there is.
   *
   * @throws UsageProblem if there is none of that name
   */
  static MyBatisEnvironment of(FolderFiles files, Optional<String> named) {
    if (named.isPresent()) {
      Optional<Path> file =
          named
              .filter(each -> NAME.matcher(each).matches())
              .flatMap(each -> files.project(FOLDER + "/" + each + ENDING));
      return file.map(path -> read(files, path, List.of()))
          .orElseThrow(
              () ->
                  new UsageProblem(
                      "Environment file missing: " + FOLDER + "/" + named.get() + ENDING,
                      "name one of the project's with --tool-option env=NAME"));
    }
    List<Path> all = beside(files.folder());
    List<String> unchosen =
        all.size() < 2
            ? List.of()
            : List.of(
                "mybatis deploys with one of "
                    + all.size()
                    + " environments: --tool-option env=NAME tells whose settings and variables"
                    + " count");
    return files
        .project(FOLDER + "/" + USUAL + ENDING)
        .or(() -> all.stream().filter(_ -> all.size() == 1).findFirst())
        .map(path -> read(files, path, unchosen))
        .orElseGet(() -> of(Optional.empty(), new Properties(), unchosen));
  }

  /** Returns the environments beside a folder of scripts. */
  static List<Path> beside(Path scripts) {
    Path folder = scripts.toAbsolutePath().normalize().resolveSibling(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(path -> FolderFiles.name(path).endsWith(ENDING)).sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static MyBatisEnvironment read(FolderFiles files, Path file, List<String> unchosen) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(files.read(file).text().map(SourceText::text).orElse("")));
    } catch (IOException | IllegalArgumentException malformed) {
      throw new UsageProblem(
          "Error loading environment properties: " + FolderFiles.name(file),
          "write it as Java reads properties",
          malformed);
    }
    return of(Optional.of(FolderFiles.name(file)), properties, unchosen);
  }

  private static MyBatisEnvironment of(
      Optional<String> name, Properties properties, List<String> unchosen) {
    Map<String, String> variables = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (!SETTINGS.contains(key) && !key.startsWith("hook_")) {
        variables.put(key, properties.getProperty(key, ""));
      }
    }
    List<String> remarks = new ArrayList<>(unchosen);
    String file = name.orElse("");
    for (String hook : HOOKS) {
      String script = properties.getProperty(hook, "").strip();
      if (!script.isEmpty()) {
        remarks.add(
            "mybatis runs the hook "
                + script
                + " too ("
                + hook
                + " of "
                + file
                + "), which is not"
                + " rehearsed");
      }
    }
    if (!isOn(properties, "ignore_warnings", true)) {
      remarks.add(
          "mybatis stops at each notice and warning of the server (ignore_warnings=false of "
              + file
              + "), which is not rehearsed");
    }
    return new MyBatisEnvironment(
        name,
        properties.getProperty("delimiter", ";"),
        isOn(properties, "full_line_delimiter", false),
        isOn(properties, "send_full_script", name.isEmpty()),
        isOn(properties, "auto_commit", false),
        table(properties.getProperty("changelog", "CHANGELOG")),
        charset(properties.getProperty("script_char_set", "UTF-8")),
        variables,
        remarks);
  }

  private static boolean isOn(Properties properties, String key, boolean otherwise) {
    return Boolean.parseBoolean(properties.getProperty(key, String.valueOf(otherwise)));
  }

  /** Reads a name as PostgreSQL does. */
  private static QualifiedName table(String written) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(written.strip());
    while (part.find()) {
      parts.add(
          Optional.ofNullable(part.group(1))
              .orElseGet(() -> part.group().strip().toLowerCase(Locale.ROOT)));
    }
    return switch (parts.size()) {
      case 0 -> QualifiedName.of("changelog");
      case 1 -> QualifiedName.of(parts.getFirst());
      default -> QualifiedName.of(parts.get(parts.size() - 2), parts.getLast());
    };
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name.strip());
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  /** Returns the same with other values of variables before its own. */
  MyBatisEnvironment with(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(values);
    return new MyBatisEnvironment(
        name, delimiter, fullLine, fullScript, autoCommit, changelog, charset, all, remarks);
  }
}
