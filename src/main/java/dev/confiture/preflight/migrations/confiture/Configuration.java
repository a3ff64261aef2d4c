package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.migrations.ConfiguredLedger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * confiture's configuration, as far as it names the ledger. What else stands in the file is for
 * other commands of confiture's, and is not looked at.
 */
final class Configuration {

  private static final Path ENVIRONMENTS = Path.of("db", "environments");
  private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
  private static final Pattern TABLE =
      Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*");

  private static final Pattern PORT =
      Pattern.compile("[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]");

  private Configuration() {}

  /**
   * Returns the file of an environment, relative to the working directory.
   *
   * @throws UsageProblem if the name is none that an environment has: it could lead elsewhere
   */
  static Path ofEnvironment(String name) {
    if (!ENVIRONMENT.matcher(name).matches()) {
      throw new UsageProblem(
          "--env " + name + " is not the name of an environment",
          "it starts with a letter or a digit, and holds only letters, digits, - and _");
    }
    return ENVIRONMENTS.resolve(name + ".yaml");
  }

  /**
   * Reads the file.
   *
   * @param environment the values of its variables, and the user and the password that it leaves
   *     open
   * @throws UsageProblem if it cannot be read, or does not tell
   */
  static ConfiguredLedger.Location read(
      Path file, LedgerFormat format, Map<String, String> environment) {
    Section root = Section.ofFile(file);
    Variables variables = new Variables(environment);
    return new ConfiguredLedger.Location(
        file,
        url(root, variables)
            .or(() -> root.section("database").map(parts -> database(parts, variables)))
            .orElseThrow(
                () ->
                    new UsageProblem(
                        "the configuration " + file + " names no database",
                        "give it a database_url"))
            .completedBy(environment),
        root.section("migration")
            .flatMap(migration -> migration.text("tracking_table"))
            .map(text -> tableName(text, variables))
            .orElse(format.name()),
        format);
  }

  private static Optional<ConnectionString> url(Section root, Variables variables) {
    // confiture takes an empty one for none; a variable that is empty was meant to be one.
    return root.text("database_url")
        .filter(written -> !written.value().isEmpty())
        .map(written -> connection(written, variables.expand(written)));
  }

  private static ConnectionString connection(Section.Text written, String url) {
    if (url.isBlank()) {
      throw written.problem(
          "database_url is empty: its variable is set to nothing",
          "set the variable to the URL of the database that holds the ledger");
    }
    try {
      return ConnectionString.parse(url);
    } catch (IllegalArgumentException bad) {
      throw written.problem(
          "database_url: " + bad.getMessage(), "write it as postgresql://user@host:port/database");
    }
  }

  /** Reads a name that confiture accepts; the tool quotes it, so that upper case stays. */
  private static QualifiedName tableName(Section.Text written, Variables variables) {
    String name = variables.expand(written);
    if (!TABLE.matcher(name).matches()) {
      throw written.problem(
          "tracking_table is not the name of a table",
          "it holds only letters, digits and _, optionally with a schema: public.tb_confiture");
    }
    int dot = name.indexOf('.');
    String table = Identifiers.truncated(name.substring(dot + 1));
    if (Identifiers.isReserved(table)) {
      throw written.problem(
          "tracking_table is a reserved word of PostgreSQL's",
          "choose a name such as tb_confiture");
    }
    return dot < 0
        ? QualifiedName.of(table)
        : QualifiedName.of(Identifiers.truncated(name.substring(0, dot)), table);
  }

  /** Reads the section {@code database} of older configurations, with confiture's defaults. */
  private static ConnectionString database(Section section, Variables variables) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", text(section, "host", variables).orElse("localhost"));
    parameters.put("port", port(section, variables));
    parameters.put("dbname", text(section, "database", variables).orElse("postgres"));
    parameters.put("user", text(section, "user", variables).orElse("postgres"));
    text(section, "password", variables).ifPresent(each -> parameters.put("password", each));
    return new ConnectionString(parameters, false);
  }

  private static Optional<String> text(Section section, String key, Variables variables) {
    return section.text(key).map(variables::expand).filter(value -> !value.isEmpty());
  }

  private static String port(Section section, Variables variables) {
    String port = text(section, "port", variables).orElse("5432");
    if (!PORT.matcher(port).matches()) {
      throw section
          .text("port")
          .orElseThrow()
          .problem("port is no number from 1 to 65535", "PostgreSQL's own is 5432");
    }
    return port;
  }

  /**
   * <code>${NAME}</code> in a configuration's value, from the environment.
   *
   * <p>Nothing else is special: <code>$NAME</code> and a lone <code>$</code> stay, as a password
   * may have them, and <code>$${</code> stands for <code>${</code> itself. What a variable holds is
   * put in as it is, after the YAML was read, so it needs no quotes there; it is in no message.
   */
  private static final class Variables {

    private static final String ESCAPED = "$${";
    private static final Pattern MENTION =
        Pattern.compile("\\$\\$\\{|\\$\\{(?:[A-Za-z_][A-Za-z0-9_]*})?");

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
      this.environment = environment;
    }

    /**
     * Returns the value with its variables replaced.
     *
     * @throws dev.confiture.preflight.problem.Problem.UsageProblem if one is not set
     */
    String expand(Section.Text text) {
      return MENTION
          .matcher(text.value())
          .replaceAll(found -> Matcher.quoteReplacement(replacement(found.group(), text)));
    }

    private String replacement(String mention, Section.Text text) {
      if (mention.equals(ESCAPED)) {
        return "${";
      }
      if (!mention.endsWith("}")) {
        throw text.problem(
            "in " + text.key() + ", no name and } follow a ${",
            "write ${NAME} for the environment variable NAME, and $${ for the characters ${");
      }
      String name = mention.substring(2, mention.length() - 1);
      return Optional.ofNullable(environment.get(name))
          .orElseThrow(
              () ->
                  text.problem(
                      text.key() + " needs the environment variable " + name + ", which is not set",
                      "set it; the characters ${ themselves are written as $${"));
    }
  }

  /**
   * Keys and values of a configuration. A key that nobody asks for is ignored, and one whose value
   * is null is not there.
   *
   * <p>No message repeats a value, since it may be a password.
   */
  private record Section(Path file, YamlNode.Mapping node) {

    /**
     * A value that is text, however it is written: {@code 5432} is, and {@code true}.
     *
     * @param place {@code file:line:column}
     */
    record Text(String key, String value, String place) {

      /** Returns the problem that a value is wrong. */
      UsageProblem problem(String message, String hint) {
        return new UsageProblem(place + ": " + message, hint);
      }
    }

    /**
     * Reads a whole file; one that holds no key at all is an empty section.
     *
     * @throws UsageProblem if it cannot be read, or is not YAML of one mapping
     */
    static Section ofFile(Path file) {
      if (!Files.exists(file)) {
        throw new UsageProblem("the configuration " + file + " does not exist", "check the path");
      }
      return switch (Yaml.named(file)) {
        case Yaml.Document(_, Optional<YamlNode> root) ->
            switch (root.orElseGet(Section::nothing)) {
              case YamlNode.Mapping mapping -> new Section(file, mapping);
              case YamlNode.Scalar other -> throw wrong(file, "the configuration", other);
              case YamlNode.Sequence other -> throw wrong(file, "the configuration", other);
            };
        case Yaml.Broken broken ->
            throw new UsageProblem(
                place(file, broken.position())
                    + ": the configuration cannot be used: "
                    + withoutContent(broken.reason()),
                "a value with characters such as : # @ % { [ stands in quotes");
      };
    }

    /** Returns the text of a key. */
    Optional<Text> text(String key) {
      return value(key)
          .map(
              value ->
                  switch (value) {
                    case YamlNode.Scalar scalar ->
                        new Text(key, scalar.text(), place(file, scalar.start()));
                    case YamlNode.Mapping _, YamlNode.Sequence _ ->
                        throw new UsageProblem(
                            place(file, value.start())
                                + ": "
                                + key
                                + " is "
                                + value.described()
                                + ", not a text",
                            "a value that begins with { or [ stands in quotes");
                  });
    }

    /** Returns the section of a key. */
    Optional<Section> section(String key) {
      return value(key)
          .map(
              value ->
                  switch (value) {
                    case YamlNode.Mapping mapping -> new Section(file, mapping);
                    case YamlNode.Scalar _, YamlNode.Sequence _ -> throw wrong(file, key, value);
                  });
    }

    private Optional<YamlNode> value(String key) {
      return node.value(key)
          .filter(
              value ->
                  !(value instanceof YamlNode.Scalar scalar
                      && scalar.kind() == YamlNode.Kind.NULL));
    }

    private static YamlNode nothing() {
      Position beginning = new Position(1, 1);
      return new YamlNode.Mapping(Map.of(), beginning, beginning);
    }

    private static UsageProblem wrong(Path file, String what, YamlNode value) {
      return new UsageProblem(
          place(file, value.start())
              + ": "
              + what
              + " is "
              + value.described()
              + ", not a mapping of keys to values",
          "write it as key: value");
    }

    private static String place(Path file, Position position) {
      return file + ":" + position.line() + ":" + position.column();
    }

    /** Removes from the parser's words what it found in the file, which may be a secret. */
    private static String withoutContent(String reason) {
      return reason
          .replaceAll("the tag .* is not known", "the tag is not known")
          .replaceAll(
              "(?s)[,:]? but (found|got).*|(?<=alias|tag handle|escape character) .*| \\(Do not.*",
              "");
    }
  }
}
