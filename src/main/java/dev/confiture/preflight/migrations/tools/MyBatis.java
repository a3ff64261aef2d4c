package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * <a href="https://mybatis.org/migrations/">MyBatis Migrations</a>: {@code
 * scripts/<number>_<name>.sql} up to {@code -- //@UNDO}, with the settings and variables of an
 * environment ({@link MyBatisEnvironment}); over JDBC, a transaction a script, and its record in
 * another behind it.
 *
 * <p>What is not above the newest record is never run. The first script makes the ledger itself.
 */
final class MyBatis implements Tool {

  private static final String NAME = "mybatis";
  private static final String SQL = ".sql";
  private static final String ENV = "env";

  /** Scripts that no deployment runs, unless something fails. */
  private static final Set<String> SPECIAL = Set.of("bootstrap.sql", "onabort.sql");

  private static final Pattern UNDERSCORES_AT_END = Pattern.compile("_++$");

  private static final Comparator<String> ORDER =
      Comparator.<String, Boolean>comparing(version -> number(version).isEmpty())
          .thenComparing(version -> number(version).orElse(BigDecimal.ZERO))
          .thenComparing(version -> number(version).isEmpty() ? version : "");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Calls(List.of(), false),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of(
                  "deploy it by itself, with auto_commit=true in its environment: mybatis applies and"
                      + " records it, and ends with an error all the same")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.REOPENED);

  private final MyBatisEnvironment environment;
  private final List<Refusal> ofFolder;

  MyBatis() {
    this(MyBatisEnvironment.usual(), List.of());
  }

  private MyBatis(MyBatisEnvironment environment, List<Refusal> ofFolder) {
    this.environment = environment;
    this.ofFolder = ofFolder;
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  @Override
  public Set<String> options() {
    return Set.of(ENV);
  }

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public Description description() {
    return new Description(
        "3.4.0",
        "scripts/<number>_<name>.sql, up to -- //@UNDO; with send_full_script=true each is one part",
        "by number",
        "auto_commit=true in environments/<name>.properties (--tool-option env=<name>, else"
            + " development): what is sent together is still one implicit transaction, and mybatis"
            + " stops with an error behind each script, which is applied and recorded",
        "older ones are never run, and a warning is all that is said of them; missing and changed"
            + " ones are ignored",
        "hooks, onabort.sql and bootstrap.sql are not run; ignore_warnings=false; a delimiter that"
            + " one script leaves changed for the next; settings in the environment's variables");
  }

  @Override
  public Detection detect(FolderFiles files) {
    List<Path> scripts =
        sqlFiles(files).stream().filter(path -> number(first(path)).isPresent()).toList();
    Optional<Path> marked =
        scripts.stream()
            .filter(path -> files.read(path).text().filter(MyBatisText::hasUndo).isPresent())
            .findFirst();
    return marked
        .<Detection>map(path -> new Detection.Evidence("-- //@UNDO in " + FolderFiles.name(path)))
        .orElseGet(Detection.Nothing::new);
  }

  /** Returns true for a folder of scripts with the environments of a project beside it. */
  static boolean isProject(Path folder) {
    return !MyBatisEnvironment.beside(folder).isEmpty()
        && new MyBatis().detect(FolderFiles.list(folder)) instanceof Detection.Evidence;
  }

  private static List<Path> sqlFiles(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> FolderFiles.name(path).endsWith(SQL))
        .filter(path -> !SPECIAL.contains(FolderFiles.name(path)))
        .toList();
  }

  private static String title(Path path) {
    String name = FolderFiles.name(path);
    return name.substring(0, name.length() - SQL.length());
  }

  /** Returns what is before the first underscore of a name. */
  private static String first(Path path) {
    return title(path).split("_", 2)[0];
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    MyBatisEnvironment read =
        MyBatisEnvironment.of(files, Optional.ofNullable(told.options().get(ENV)))
            .with(told.placeholders());
    List<MigrationFile> found = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Path path : sqlFiles(files)) {
      String version = first(path);
      if (number(version).isPresent()) {
        String title = title(path);
        found.add(
            new MigrationFile(
                version, title.substring(Math.min(title.length(), version.length() + 1)), path));
      } else {
        refusals.add(
            Refusal.ofFile(
                NAME
                    + " runs none of the folder's files: Error parsing change from file: "
                    + FolderFiles.name(path)
                    + " does not begin with a number",
                "name it so, or move it out of the folder"));
      }
    }
    found.sort(MigrationFolder.order(ORDER));
    return new MigrationFolder(
        new MyBatis(read, refusals),
        evidence,
        found.stream()
            .map(file -> read(file, files.read(file.path()), read).refusing(refusals))
            .toList(),
        ORDER,
        false,
        MigrationFolder.ignored(files, found, "\0"));
  }

  private static Migration read(
      MigrationFile file, FolderFiles.Content content, MyBatisEnvironment environment) {
    Optional<SourceText> text =
        environment.charset().equals(StandardCharsets.UTF_8)
            ? content.text()
            : content.bytes().map(bytes -> SourceText.of(new String(bytes, environment.charset())));
    if (text.isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    MyBatisText parsed = MyBatisText.of(text.get(), environment);
    return new Migration(
        file,
        new MigrationText.Sql(text.get(), Script.of(parsed.sent(), parsed.starts())),
        Optional.empty(),
        parsed.hasUndo(),
        parsed.refusals(),
        List.of(),
        List.of());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(
        new LedgerFormat(
            environment.changelog(),
            "id",
            List.of(),
            Set.of("applied_at", "description"),
            Set.of(),
            List.of(),
            MyBatis::applied));
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    rows.forEach(row -> versions.add(row.version()));
    return new Applied(table, versions, Map.of());
  }

  /** Fails what is not above the newest record: the tool passes over it, and only warns. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    Optional<String> newest = selection.applied().stream().max(ORDER);
    return all.with(
            migration ->
                newest.filter(last -> ORDER.compare(migration.version(), last) < 0).isEmpty()
                    ? migration
                    : migration.refusing(
                        List.of(
                            Refusal.notRun(
                                NAME
                                    + " never runs it: its number is below "
                                    + newest.get()
                                    + ", which is recorded. WARNING: Migration script '"
                                    + migration.file().fileName()
                                    + "' was not applied to the database.",
                                "give it a number above " + newest.get()))))
        .orRefused(ofFolder, folder);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    List<Integer> starts =
        migration
            .text()
            .source()
            .map(text -> MyBatisText.of(text, environment).starts())
            .orElse(List.of());
    Execution recorded =
        EXECUTION
            .with(new Execution.Send.Calls(starts, false))
            .recordedBy(
                new Execution.LedgerWrites(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(
                        ledger
                            .map(table -> insert(migration, table.written()))
                            .orElseGet(() -> insertWhereMade(migration)))));
    return environment.autoCommit()
        ? recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(Optional.of("put it into a script of its own")),
            Execution.EndOfFile.COMMIT_REFUSED)
        : recorded;
  }

  private static String insert(Migration migration, QualifiedName table) {
    return "insert into "
        + Identifiers.quote(table)
        + " (ID, APPLIED_AT, DESCRIPTION) values ("
        + number(migration.version()).orElse(BigDecimal.ZERO)
        + ", pg_catalog.to_char(pg_catalog.now(), 'YYYY-MM-DD HH24:MI:SS'), "
        + Identifiers.literal(description(migration.file()))
        + ")";
  }

  /** A script of the team's makes the table; a schema without it may lack it for another reason. */
  private String insertWhereMade(Migration migration) {
    QualifiedName table = environment.changelog();
    return "DO $preflight$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_class WHERE relname = "
        + Identifiers.literal(table.name())
        + ") THEN "
        + insert(migration, table)
        + "; END IF; END $preflight$";
  }

  /** Returns the words behind the number; the underscores at the end of a name are none. */
  private static String description(MigrationFile file) {
    return UNDERSCORES_AT_END.matcher(file.name()).replaceFirst("").replace('_', ' ');
  }

  @Override
  public List<String> notes(List<MigrationFile> together) {
    return together.isEmpty() ? List.of() : environment.remarks();
  }
}
