package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ReservedWords;
import dev.confiture.preflight.problem.UsageProblem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * confiture's configuration, as far as it tells where its record of applied migrations is. What
 * else stands in the file is for other commands of confiture's, and is not looked at.
 *
 * @param file the file, as the user would write it
 * @param database the database of the tracking table
 * @param trackingTable its name as it is configured, without a schema where none is written
 */
public record Configuration(Path file, ConnectionString database, QualifiedName trackingTable) {

  private static final Path ENVIRONMENTS = Path.of("db", "environments");
  private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
  private static final Pattern TABLE =
      Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*");

  /**
   * The file of an environment, relative to the working directory.
   *
   * @throws UsageProblem if the name is none that an environment has: it could lead elsewhere
   */
  public static Path ofEnvironment(String name) {
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
  public static Configuration read(Path file, Map<String, String> environment) {
    ConfigurationSection root = ConfigurationSection.ofFile(file);
    Variables variables = new Variables(environment);
    return new Configuration(
        file,
        url(root, variables)
            .or(() -> root.section("database").map(parts -> DatabaseSection.read(parts, variables)))
            .orElseThrow(
                () ->
                    new UsageProblem(
                        "the configuration " + file + " names no database",
                        "give it a database_url"))
            .completedBy(environment),
        root.section("migration")
            .flatMap(migration -> migration.text("tracking_table"))
            .map(text -> tableName(text, variables))
            .orElse(QualifiedName.of("tb_confiture")));
  }

  private static Optional<ConnectionString> url(ConfigurationSection root, Variables variables) {
    // confiture takes an empty one for none; a variable that is empty was meant to be one.
    return root.text("database_url")
        .filter(written -> !written.value().isEmpty())
        .map(written -> connection(written, variables.expand(written)));
  }

  private static ConnectionString connection(ConfigurationSection.Text written, String url) {
    if (url.isBlank()) {
      throw written.problem(
          "database_url is empty: its variable is set to nothing",
          "set the variable to the URL of the database that holds the tracking table");
    }
    try {
      return ConnectionString.parse(url);
    } catch (IllegalArgumentException bad) {
      throw written.problem(
          "database_url: " + bad.getMessage(), "write it as postgresql://user@host:port/database");
    }
  }

  /** What confiture accepts; the tool quotes it, so that upper case stays. */
  private static QualifiedName tableName(ConfigurationSection.Text written, Variables variables) {
    String name = variables.expand(written);
    if (!TABLE.matcher(name).matches()) {
      throw written.problem(
          "tracking_table is not the name of a table",
          "it holds only letters, digits and _, optionally with a schema: public.tb_confiture");
    }
    int dot = name.indexOf('.');
    String table = Identifiers.truncated(name.substring(dot + 1));
    if (ReservedWords.contains(table)) {
      throw written.problem(
          "tracking_table is a reserved word of PostgreSQL's",
          "choose a name such as tb_confiture");
    }
    return dot < 0
        ? QualifiedName.of(table)
        : QualifiedName.of(Identifiers.truncated(name.substring(0, dot)), table);
  }
}
