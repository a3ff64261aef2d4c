package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.rehearsal.UnknownRight;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.RoutineBody;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The named reasons for which this sandbox cannot tell whether a failure is real. */
final class SandboxLimits {

  private static final Set<String> NAME_OF_DATABASE = Set.of("current_database", "current_catalog");
  private static final Set<String> COLUMNS_OF_CATALOGS =
      Set.of("table_catalog", "catalog_name", "datname");
  private static final String ROLE = "a role";
  private static final String MAPPING = "a user mapping";
  private static final String SUBSCRIPTION = "a subscription";
  private static final String TABLESPACE = "a tablespace";
  private static final String ACCESS_METHOD = "an access method";
  private static final String LARGE_OBJECT = "a large object";

  /** Names what each of these functions of PostgreSQL's source looks for. */
  private static final Map<String, String> OUTSIDE =
      Map.ofEntries(
          Map.entry("get_role_oid", ROLE),
          Map.entry("get_rolespec_oid", ROLE),
          Map.entry("get_rolespec_tuple", ROLE),
          Map.entry("RenameRole", ROLE),
          Map.entry("DropRole", ROLE),
          Map.entry("get_collation_oid", "a collation"),
          Map.entry("report_newlocale_failure", "a locale of the server's system"),
          Map.entry("get_tablespace_oid", TABLESPACE),
          Map.entry("AlterTableSpaceOptions", TABLESPACE),
          Map.entry("RenameTableSpace", TABLESPACE),
          Map.entry("DropTableSpace", TABLESPACE),
          Map.entry("GetUserMapping", MAPPING),
          Map.entry("AlterUserMapping", MAPPING),
          Map.entry("RemoveUserMapping", MAPPING),
          Map.entry("get_subscription_oid", SUBSCRIPTION),
          Map.entry("AlterSubscription", SUBSCRIPTION),
          Map.entry("DropSubscription", SUBSCRIPTION),
          Map.entry("AlterSubscriptionOwner", SUBSCRIPTION),
          Map.entry("get_am_type_oid", ACCESS_METHOD),
          Map.entry("inv_open", LARGE_OBJECT),
          Map.entry("be_lo_unlink", LARGE_OBJECT),
          Map.entry("LargeObjectDrop", LARGE_OBJECT),
          Map.entry("pg_largeobject_ownercheck", LARGE_OBJECT),
          Map.entry("pg_largeobject_aclmask_snapshot", LARGE_OBJECT),
          Map.entry("ExecSecLabelStmt", "a provider of security labels"));

  /**
   * Each of these functions of PostgreSQL's source uses a file or program that a statement names.
   */
  private static final Set<String> OF_THE_MACHINE =
      Set.of(
          "BeginCopyFrom",
          "BeginCopyTo",
          "ClosePipeFromProgram",
          "ClosePipeToProgram",
          "CopySendEndOfRow",
          "ReadDirExtended",
          "be_lo_export",
          "create_tablespace_directories",
          "fileAnalyzeForeignTable",
          "internal_load_library",
          "lo_import_internal",
          "pg_file_write_internal",
          "pg_import_system_collations",
          "pg_stat_file",
          "read_binary_file");

  /** The codes that PostgreSQL has for what the system says of a file, or a program's end. */
  private static final Set<String> OF_FILES =
      Set.of(
          SqlState.INSUFFICIENT_PRIVILEGE,
          SqlState.DISK_FULL,
          SqlState.OUT_OF_MEMORY,
          SqlState.IO_ERROR,
          SqlState.DUPLICATE_FILE,
          SqlState.EXTERNAL_ROUTINE_EXCEPTION,
          SqlState.INTERNAL_ERROR);

  private final SearchPath path;
  private final Optional<MissingHelper> helpers;
  private final Judge.Known known;

  SandboxLimits(SearchPath path, Optional<Tool.Helpers> helpers, Judge.Known known) {
    this.known = known;
    this.path = path;
    this.helpers = helpers.map(MissingHelper::new);
  }

  /**
   * Returns why the sandbox cannot tell, as a sentence.
   *
   * @param ofFile all failures of the failure's file
   * @param lost what production has at the failing statement, and was not restored
   */
  Optional<String> reason(Failure failure, List<Failure> ofFile, List<Lost> lost) {
    if (failure.source() == Failure.Source.UNSUPPORTED) {
      return Optional.of(
          failure
              .evidence()
              .precondition()
              .map(SandboxLimits::undecided)
              .orElse(failure.error().message()));
    }
    return lost(failure, lost)
        .or(() -> extension(failure))
        .or(() -> helpers.flatMap(missing -> missing.reason(failure, ofFile)))
        .or(() -> machine(failure))
        .or(() -> failure.evidence().right().map(SandboxLimits::right))
        .or(() -> exhausted(failure.error()))
        .or(() -> otherServer(failure.error()))
        .or(() -> nameOfDatabase(failure))
        .or(() -> outsideTheSchema(failure))
        .or(() -> data(failure));
  }

  /**
   * Explains what uses a file or program of the server's machine: production's has others, and a
   * server of our own may reach none.
   */
  private static Optional<String> machine(Failure failure) {
    ServerError error = failure.error();
    boolean named =
        error.is(SqlState.UNDEFINED_FILE)
            || error.is(SqlState.CONFIG_FILE_ERROR)
            || (OF_FILES.contains(error.sqlState())
                && error.routine().filter(OF_THE_MACHINE::contains).isPresent());
    boolean copied =
        (error.sqlState().startsWith("22") || error.sqlState().startsWith("23"))
            && failure
                .statement()
                .map(StatementPlace::statement)
                .filter(Statement::isCopyFromServer)
                .isPresent();
    return !error.isRaised() && (named || copied)
        ? Optional.of(
            "it uses a file or program of the server's machine, and production's has others")
        : Optional.empty();
  }

  /**
   * Returns the reason for which this server ran out of room, memory or something else that its
   * configuration limits. The lock table is not among them, which has production's size here.
   */
  private static Optional<String> exhausted(ServerError error) {
    Optional<String> reason =
        switch (error.sqlState()) {
          case SqlState.DISK_FULL -> Optional.of("the disk of this sandbox is full");
          case SqlState.OUT_OF_MEMORY ->
              error.saysLockTableFull()
                  ? Optional.empty()
                  : Optional.of("a session may not take more memory in this sandbox");
          case SqlState.CONFIGURATION_LIMIT_EXCEEDED ->
              Optional.of("a limit of this sandbox's configuration is reached");
          default -> Optional.empty();
        };
    return reason.map(why -> why + ", and production's server has limits of its own");
  }

  /**
   * Explains a connection that the server itself could not make, or may not without the password
   * that a user mapping has in production.
   */
  private static Optional<String> otherServer(ServerError error) {
    boolean refused =
        (error.sqlState().startsWith(SqlState.CLASS_CONNECTION)
                && !error.is(SqlState.PROTOCOL_VIOLATION))
            || error.is(SqlState.FDW_UNABLE_TO_ESTABLISH_CONNECTION)
            || error.is(SqlState.PROHIBITED_SQL_STATEMENT_ATTEMPTED);
    return refused && error.routine().isPresent() && !error.isRaised()
        ? Optional.of("it connects to another server, which this sandbox does not reach")
        : Optional.empty();
  }

  /**
   * Explains what names or asks for the database, where it is not called here as in production: a
   * plain dump does not tell the name.
   */
  private Optional<String> nameOfDatabase(Failure failure) {
    ServerError error = failure.error();
    boolean asked =
        error.isRaised()
            && failure
                .statement()
                .map(StatementPlace::statement)
                .filter(this::asksName)
                .isPresent();
    boolean named =
        error.is(SqlState.INVALID_CATALOG_NAME)
            || (error.is(SqlState.FEATURE_NOT_SUPPORTED)
                && MessageNames.quoted(error.message()).stream()
                    .anyMatch(name -> name.chars().filter(c -> c == '.').count() == 2));
    if (known.nameOfDatabase()) {
      return error.is(SqlState.INVALID_CATALOG_NAME)
          ? Optional.of("it needs another database of production's server, which nothing tells")
          : Optional.empty();
    }
    return asked || named
        ? Optional.of(
            "the database is not called here as in production: a dump made by pg_dump -C, or"
                + " --source, tells the name to the embedded server")
        : Optional.empty();
  }

  /**
   * Returns true if a statement asks what its database is called, and not to look into a catalog.
   */
  private boolean asksName(Statement statement) {
    Set<String> words =
        Stream.concat(
                Stream.of(statement.text()),
                RoutineBody.of(statement).stream().map(RoutineBody::text))
            .flatMap(text -> Script.of(SourceText.of(text)).statements().stream())
            .flatMap(s -> s.tokens().stream())
            .filter(Token::isIdentifier)
            .map(Token::identifier)
            .collect(Collectors.toSet());
    return words.stream().anyMatch(NAME_OF_DATABASE::contains)
        && words.stream().noneMatch(COLUMNS_OF_CATALOGS::contains);
  }

  /**
   * Explains what a schema does not hold or the restore leaves out, by the function of the server
   * that looked for it in vain: the same in every language.
   */
  private Optional<String> outsideTheSchema(Failure failure) {
    return failure
        .error()
        .routine()
        .flatMap(routine -> Optional.ofNullable(OUTSIDE.get(routine)))
        .or(() -> valueOfSetting(failure))
        .or(() -> undefined(failure))
        .or(() -> ofConfiguration(failure.error()))
        .filter(what -> !what.equals(ROLE) || !known.roles())
        .map(
            what ->
                "it needs "
                    + what
                    + ", which the schema does not tell or the restore leaves out, and which"
                    + " production may have");
  }

  /** Returns what a server has besides its databases and files: libraries that it loads. */
  private static Optional<String> ofConfiguration(ServerError error) {
    // The name of a setting is the same in every language.
    return !error.isRaised() && error.message().contains("shared_preload_libraries")
        ? Optional.of("a library that the server loads when it starts")
        : Optional.empty();
  }

  /** Returns what functions that look for several kinds of things did not find. */
  private Optional<String> undefined(Failure failure) {
    ServerError error = failure.error();
    if (!error.is(SqlState.UNDEFINED_OBJECT)) {
      return Optional.empty();
    }
    boolean custom =
        MessageNames.quoted(error.message()).stream().anyMatch(name -> name.contains("."));
    return switch (error.routine().orElse("")) {
      case "DefineIndex" -> Optional.of(ACCESS_METHOD);
      case "get_object_address", "objectNamesToOids" ->
          failure
              .statement()
              .map(place -> place.statement().tokens())
              .filter(tokens -> tokens.stream().anyMatch(token -> token.is("large")))
              .map(_ -> LARGE_OBJECT);
      case "find_option", "GetConfigOptionByName" ->
          custom && !known.settings()
              ? Optional.of("a setting of production's database or role")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Returns what {@code SET} gave a setting that takes the names of such objects alone. */
  private static Optional<String> valueOfSetting(Failure failure) {
    return failure
        .statement()
        .map(StatementPlace::statement)
        .filter(s -> failure.error().is(SqlState.INVALID_PARAMETER_VALUE) && s.is(0, "set"))
        .flatMap(
            s -> {
              int at =
                  s.is(1, "local") || (s.is(1, "session") && !s.is(2, "authorization")) ? 2 : 1;
              return s.is(at, "role") || s.is(at, "session")
                  ? Optional.of(ROLE)
                  : s.is(at, "default_tablespace") || s.is(at, "temp_tablespaces")
                      ? Optional.of(TABLESPACE)
                      : s.is(at, "default_table_access_method")
                          ? Optional.of(ACCESS_METHOD)
                          : Optional.empty();
            });
  }

  private static String right(UnknownRight right) {
    String needs = "the statement needs " + right.needed() + ", which the migration role ";
    return switch (right.rights()) {
      case SUPERUSER ->
          needs
              + "has in production as a superuser, and not here; --run-as-superuser lets it migrate"
              + " as one";
      case WITHHELD ->
          needs + "does not have here: of its rights in production some are never given here";
      case UNKNOWN, KNOWN ->
          needs
              + "does not have here and may have in production; tell its rights with --source, or"
              + " with pg_dumpall --roles-only in front of the schema file";
    };
  }

  private static String undecided(Precondition precondition) {
    String what =
        precondition.decidedBy() instanceof Precondition.DecidedBy.Rows(QualifiedName table, _)
            ? "rows of " + table
            : "the rows that it asks for";
    return "the precondition "
        + precondition.name()
        + " needs "
        + what
        + ", which a schema without data does not have";
  }

  private Optional<String> lost(Failure failure, List<Lost> all) {
    ErrorWords words = new ErrorWords(failure);
    return all.stream()
        .filter(
            lost ->
                words.miss(lost.object(), false, path)
                    || (failure.error().saysUndefined() && isAltered(lost, failure)))
        .findFirst()
        .map(
            lost ->
                "it needs "
                    + lost.object()
                    + ", which could not be restored: "
                    + lost.gap().reason());
  }

  private static boolean isAltered(Lost effect, Failure failure) {
    return failure.statement().stream()
        .flatMap(place -> Effects.ofAltered(place.statement()).stream())
        .anyMatch(altered -> effect.alters(altered.object()));
  }

  /** Explains {@code CREATE EXTENSION} of one that this server lacks: production's may have it. */
  private static Optional<String> extension(Failure failure) {
    // 0A000 from PostgreSQL 15 on, 58P01 before.
    boolean notThere =
        failure.error().is(SqlState.FEATURE_NOT_SUPPORTED)
            || failure.error().is(SqlState.UNDEFINED_FILE);
    return failure
        .statement()
        .map(StatementPlace::statement)
        .filter(statement -> notThere && statement.startsWith("create", "extension"))
        .map(_ -> "the extension is not installed on this server");
  }

  private static Optional<String> data(Failure failure) {
    List<QualifiedName> empty = failure.evidence().emptyTables();
    if (empty.isEmpty()) {
      return Optional.empty();
    }
    String tables = empty.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
    return Optional.of(
        "it needs rows of " + tables + ", which a schema without data does not have");
  }

  /**
   * Recognises failures for want of an object that the team's tool installs itself, and that this
   * database lacks.
   */
  static final class MissingHelper {

    private final Tool.Helpers helpers;

    MissingHelper(Tool.Helpers helpers) {
      this.helpers = helpers;
    }

    /**
     * Returns the reason, as a sentence.
     *
     * @param ofFile all failures of the failure's file: views that were not put aside are in the
     *     way of its other statements
     */
    Optional<String> reason(Failure failure, List<Failure> ofFile) {
      boolean follows = isInTheWay(failure.error()) && ofFile.stream().anyMatch(this::isMissing);
      return follows || isMissing(failure) ? Optional.of(helpers.reason()) : Optional.empty();
    }

    private boolean isMissing(Failure failure) {
      ServerError error = failure.error();
      List<QualifiedName> named = MessageNames.names(error.message());
      if (error.is(SqlState.INVALID_SCHEMA_NAME)) {
        return named.contains(QualifiedName.of(helpers.schema()))
            && running(failure).anyMatch(this::uses);
      }
      return error.saysUndefined()
          && helpers.names().stream()
              .map(helper -> QualifiedName.of(helpers.schema(), helper))
              .anyMatch(named::contains);
    }

    /** Returns the statement, and the command of a function or DO block that it ran. */
    private static Stream<Statement> running(Failure failure) {
      return Stream.concat(
          failure.statement().map(StatementPlace::statement).stream(),
          failure.error().innerCommand().stream()
              .flatMap(command -> Script.of(SourceText.of(command)).statements().stream()));
    }

    private boolean uses(Statement statement) {
      return statement.tokens().stream()
          .anyMatch(token -> token.isIdentifier() && helpers.names().contains(token.identifier()));
    }

    /**
     * Returns true if a view keeps a table from being dropped or, as the detail says, a column from
     * being altered.
     */
    private static boolean isInTheWay(ServerError error) {
      return error.is(SqlState.DEPENDENT_OBJECTS_STILL_EXIST)
          || (error.is(SqlState.FEATURE_NOT_SUPPORTED) && error.detail().isPresent());
    }
  }
}
