package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.tools.Locations;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the options of the pipeline from the inputs. */
final class StepOptions {

  private static final Duration SERVICE_START = Duration.ofSeconds(60);

  private static final List<Option<?>> OF_PRODUCTION =
      List.of(
          Option.SOURCE_PASSWORD,
          Option.SOURCE_CA_FILE,
          Option.EXCLUDE_SCHEMAS,
          Option.DATA_TABLES,
          Option.SOURCE_TIMEOUT);

  private final Inputs inputs;
  private final Workspace workspace;
  private final Map<String, String> environment;

  private StepOptions(Inputs inputs, Workspace workspace, Map<String, String> environment) {
    this.inputs = inputs;
    this.workspace = workspace;
    this.environment = environment;
  }

  /**
   * Returns the options of a step that has a source or a schema file.
   *
   * @throws UsageProblem if an input makes no sense
   */
  static Options of(Inputs inputs, Workspace workspace, Map<String, String> environment) {
    return new StepOptions(inputs, workspace, environment).options();
  }

  private Options options() {
    Optional<ConnectionString> source = inputs.find(Option.SOURCE).map(this::completed);
    Optional<Path> file = path(Option.SCHEMA_FILE);
    boolean empty = inputs.get(Option.FROM_EMPTY);
    if (source.isPresent() && file.isPresent()) {
      throw new UsageProblem(
          "the inputs source_url and schema_file both say where the schema comes from",
          "give one of them");
    }
    if (empty && (source.isPresent() || file.isPresent())) {
      throw new UsageProblem(
          "from_empty: true beside the input "
              + (source.isPresent() ? "source_url" : "schema_file")
              + ", which says where the schema comes from",
          "give one of them");
    }
    SchemaOrigin origin =
        source
            .<SchemaOrigin>map(this::production)
            .or(() -> file.map(SchemaOrigin.DumpFile::new))
            .or(() -> empty ? Optional.of(new SchemaOrigin.Empty()) : Optional.empty())
            .orElseThrow(() -> new IllegalStateException("asked for before"));
    return new Options(
        Optional.of(origin), where(), which(source.isPresent()), limits(), withoutTokens());
  }

  /** Adds the password and the authority that have inputs of their own. */
  private ConnectionString completed(ConnectionString url) {
    Map<String, String> parameters = new LinkedHashMap<>(url.parameters());
    inputs.find(Option.SOURCE_PASSWORD).ifPresent(p -> parameters.put("password", p));
    path(Option.SOURCE_CA_FILE)
        .ifPresent(
            authority -> {
              parameters.put("sslrootcert", authority.toAbsolutePath().toString());
              parameters.putIfAbsent("sslmode", "verify-full");
            });
    return new ConnectionString(parameters, url.uri());
  }

  private SchemaOrigin.Production production(ConnectionString url) {
    return new SchemaOrigin.Production(
        url,
        inputs.get(Option.SOURCE_TIMEOUT),
        inputs.find(Option.EXCLUDE_SCHEMAS).orElse(List.of()),
        inputs.find(Option.DATA_TABLES).orElse(List.of()));
  }

  private Options.Where where() {
    inputs.find(Option.AGAINST).ifPresent(Loopback::requireAnswer);
    return new Options.Where(
        new Options.Server(
            inputs.find(Option.AGAINST),
            inputs.get(Option.SANDBOX_DISPOSABLE),
            Optional.empty(),
            // A service container without a health check may still be starting.
            inputs.find(Option.AGAINST).filter(Loopback::isNamedBy).isPresent()
                ? Duration.ZERO
                : SERVICE_START),
        inputs.get(Option.ISOLATION),
        inputs.get(Option.ALLOW_NON_TRANSACTIONAL),
        new Options.Role(
            inputs.find(Option.RUN_AS),
            inputs.get(Option.RUN_AS_SUPERUSER),
            inputs.find(Option.SETTING).orElse(Map.of())));
  }

  /** Returns a sentence for each input that was given and has no effect beside the others. */
  static List<String> withoutEffect(Inputs inputs) {
    List<String> idle = new ArrayList<>();
    if (inputs.text(Option.SOURCE).isEmpty()) {
      for (Option<?> option : OF_PRODUCTION) {
        // The runner sets the defaults of action.yml too.
        if (inputs.text(option).filter(given -> !given.equals(option.fallback())).isPresent()) {
          idle.add(option.input() + " has no effect without source_url");
        }
      }
      if (inputs.get(Option.ON_MISSING_SOURCE) == Option.OnMissingSource.SKIP) {
        idle.add("on_missing_source: skip has no effect beside schema_file");
      }
    }
    return idle;
  }

  private Options.Which which(boolean hasSource) {
    boolean python = inputs.get(Option.PYTHON);
    if (python && hasSource) {
      throw new UsageProblem(
          "python: true together with source_url: a migration's Python could read the source's"
              + " password",
          "rehearse Python migrations with schema_file, or leave python out: they are then"
              + " unverified");
    }
    return new Options.Which(
        inputs
            .find(Option.MIGRATIONS_DIR)
            .map(folder -> workspace.path(Option.MIGRATIONS_DIR, folder))
            .orElseGet(() -> Locations.find(workspace.base(), inputs.tool())),
        inputs.tool(),
        inputs.find(Option.SINCE),
        path(Option.APPLIED_FROM),
        configuration(),
        new Tool.Told(
            inputs.find(Option.PLACEHOLDER).orElse(Map.of()),
            inputs.find(Option.TOOL_OPTION).orElse(Map.of())),
        python,
        false);
  }

  private Optional<Path> configuration() {
    Optional<Path> config = path(Option.CONFIG);
    Optional<String> name = inputs.find(Option.ENV);
    if (config.isPresent() && name.isPresent()) {
      throw new UsageProblem(
          "the inputs confiture_config and confiture_env both name a configuration",
          "give one of them: confiture_env is the shorter");
    }
    return config.or(() -> name.map(env -> workspace.path(Option.ENV, Tools.environment(env))));
  }

  private Limits limits() {
    return new Limits(
        inputs.get(Option.STATEMENT_TIMEOUT),
        inputs.get(Option.LOCK_TIMEOUT),
        inputs.get(Option.TIME_LIMIT));
  }

  private Optional<Path> path(Option<Path> option) {
    return inputs.find(option).map(given -> workspace.path(option, given));
  }

  /** Removes the runner's credentials: a configuration of a pull request may name any variable. */
  private Map<String, String> withoutTokens() {
    return environment.entrySet().stream()
        .filter(
            each ->
                !each.getKey().startsWith("INPUT_")
                    && !each.getKey().startsWith("ACTIONS_")
                    && !each.getKey().equals("GITHUB_TOKEN"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
