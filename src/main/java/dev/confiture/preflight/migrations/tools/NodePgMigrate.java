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
import dev.confiture.preflight.sql.Span;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * <a href="https://salsita.github.io/node-pg-migrate/">node-pg-migrate</a>: every file of the
 * folder, ordered by the number that its name begins with; the SQL ones sent as one simple query
 * each, in one transaction with all other pending files.
 *
 * <p>It is identified by its whole name, and refuses to run unless the recorded names are the first
 * ones of the folder, one by one.
 */
final class NodePgMigrate implements Tool {

  private static final String NAME = "node-pg-migrate";
  private static final Pattern NUMBER = Pattern.compile("([0-9]+).*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern RUNS = Pattern.compile("[0-9]+|[^0-9]+");
  private static final int MOMENT = 17;

  /**
   * JavaScript's white space holds the byte order mark, too. A file is not to say how long matching
   * takes: so much of it is looked at behind the dashes.
   */
  private static final String MARKER =
      "(?im)^[ \\t\\u00A0\\uFEFF]*+--[\\s\\u00A0\\uFEFF-]{0,200}+%s\\s+migration";

  private static final Pattern UP = Pattern.compile(MARKER.formatted("up"));
  private static final Pattern DOWN = Pattern.compile(MARKER.formatted("down"));

  /** By the number; then by the name as JavaScript's numeric collation without punctuation does. */
  private static final Comparator<String> ORDER =
      Comparator.comparing(NodePgMigrate::number).thenComparing(NodePgMigrate::compareNames);

  private static final Execution ALL_IN_ONE =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.RUN,
          new Execution.OutsideTransaction.Never(Optional.empty()),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  private final List<String> names;
  private final Settings settings;

  /**
   * What the project's scripts call it with.
   *
   * @param oneTransaction false for one a file
   * @param checksOrder false where the order of recorded names is not looked at
   * @param table its ledger
   */
  private record Settings(boolean oneTransaction, boolean checksOrder, QualifiedName table) {

    static final Settings USUAL =
        new Settings(true, true, QualifiedName.of("public", "pgmigrations"));

    static Settings of(PackageJson project) {
      return new Settings(
          !project.calls(NAME, "--no-single-transaction"),
          !project.calls(NAME, "--no-check-order"),
          QualifiedName.of(
              project
                  .value(NAME, "--migrations-schema")
                  .or(() -> project.value(NAME, "--schema"))
                  .or(() -> project.value(NAME, "-s"))
                  .orElse("public"),
              project
                  .value(NAME, "--migrations-table")
                  .or(() -> project.value(NAME, "-t"))
                  .orElse(USUAL.table().name())));
    }
  }

  NodePgMigrate() {
    this(List.of(), Settings.USUAL);
  }

  private NodePgMigrate(List<String> names, Settings settings) {
    this.names = names;
    this.settings = settings;
  }

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public Description description() {
    return new Description(
        "9.0.0",
        "every file but hidden ones; -- Up Migration and -- Down Migration in SQL files",
        "by the number at the beginning of the name, then by name",
        "none in SQL: all pending files are one transaction, or one each with"
            + " --no-single-transaction in a script of package.json",
        "older pending, missing and renamed ones are refused, unless --no-check-order; changed ones"
            + " ignored",
        "migrations in JavaScript and TypeScript; --schema, which sets search_path; other loaders;"
            + " settings outside of package.json's scripts");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> isSql(path) && NUMBER.matcher(FolderFiles.name(path)).matches())
        .filter(
            path ->
                files.read(path).text().filter(text -> UP.matcher(text.text()).find()).isPresent())
        .findFirst()
        .map(path -> "-- Up Migration in " + FolderFiles.name(path))
        .or(() -> PackageJson.evidence(files, NAME))
        .<Detection>map(Detection.Evidence::new)
        .orElseGet(Detection.Nothing::new);
  }

  private static boolean isSql(Path path) {
    return FolderFiles.name(path).toLowerCase(Locale.ROOT).endsWith(".sql");
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = new ArrayList<>();
    List<Refusal> ofFolder = new ArrayList<>();
    for (Path path : files.paths()) {
      String name = FolderFiles.name(path);
      if (!Files.isRegularFile(path) || name.startsWith(".")) {
        continue;
      }
      if (NUMBER.matcher(name).matches()) {
        found.add(new MigrationFile(withoutExtension(name), "", path));
      } else {
        ofFolder.add(
            Refusal.ofFile(
                NAME
                    + " runs none of the folder's files: Cannot determine numeric prefix for \""
                    + name
                    + "\"",
                "move it out of the folder, or name it in --ignore-pattern"));
      }
    }
    found.sort(Comparator.comparing(MigrationFile::version, ORDER));
    Settings given = PackageJson.find(files).map(Settings::of).orElse(Settings.USUAL);
    return new MigrationFolder(
        new NodePgMigrate(found.stream().map(MigrationFile::version).toList(), given),
        evidence,
        found.stream().map(file -> read(file, files.read(file.path())).refusing(ofFolder)).toList(),
        ORDER,
        false,
        MigrationFolder.ignored(files, found, "\0"));
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    if (!isSql(file.path())) {
      return Migration.inCode(file);
    }
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    return new Migration(
        file,
        new MigrationText.Sql(text, Script.ofOneMessage(text.blanked(notSent(text)))),
        Optional.empty(),
        DOWN.matcher(text.text()).find(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Returns what is not sent: without a marker for what goes up, nothing. */
  private static List<Span> notSent(SourceText text) {
    int up = find(text, UP);
    int down = find(text, DOWN);
    if (up < 0) {
      return List.of();
    }
    return down > up
        ? List.of(new Span(0, up), new Span(down, text.length()))
        : List.of(new Span(0, up));
  }

  private static int find(SourceText text, Pattern marker) {
    Matcher found = marker.matcher(text.text());
    return found.find() ? text.text().codePointCount(0, found.start()) : -1;
  }

  /** Returns the number that a name begins with; one of 17 digits is a moment in UTC. */
  private static BigInteger number(String name) {
    Matcher begins = NUMBER.matcher(name);
    String digits = begins.matches() ? begins.group(1) : "0";
    if (digits.length() == MOMENT) {
      try {
        return BigInteger.valueOf(
            LocalDateTime.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6, 8)),
                    Integer.parseInt(digits.substring(8, 10)),
                    Integer.parseInt(digits.substring(10, 12)),
                    Integer.parseInt(digits.substring(12, 14)),
                    Integer.parseInt(digits.substring(14)) * 1_000_000)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli());
      } catch (DateTimeException another) {
        return new BigInteger(digits);
      }
    }
    return new BigInteger(digits);
  }

  /** A number alone means the file that begins with it. */
  private static int compareNames(String left, String right) {
    if (DIGITS.matcher(left).matches() || DIGITS.matcher(right).matches()) {
      return 0;
    }
    Matcher lefts = RUNS.matcher(collated(left));
    Matcher rights = RUNS.matcher(collated(right));
    while (true) {
      boolean more = lefts.find();
      if (!rights.find()) {
        return more ? 1 : left.compareTo(right);
      }
      if (!more) {
        return -1;
      }
      String one = lefts.group();
      String other = rights.group();
      int order =
          DIGITS.matcher(one).matches() && DIGITS.matcher(other).matches()
              ? new BigInteger(one).compareTo(new BigInteger(other))
              : one.compareTo(other);
      if (order != 0) {
        return order;
      }
    }
  }

  /** Returns a name as it is compared: with an extension, without punctuation. */
  private static String collated(String name) {
    return (name + "sql")
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(
        new LedgerFormat(
                settings.table(),
                "name",
                List.of("run_on", "id"),
                Set.of("run_on"),
                Set.of(),
                List.of(),
                this::applied)
            .madeBy(
                "CREATE TABLE IF NOT EXISTS "
                    + Identifiers.quote(settings.table())
                    + " (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT"
                    + " NULL)"));
  }

  private Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    List<String> recorded =
        rows.stream()
            .sorted(
                Comparator.<LedgerFormat.Row, String>comparing(
                        row -> row.details().getOrDefault("run_on", ""))
                    .thenComparing(row -> new BigInteger(id(row))))
            .map(LedgerFormat.Row::version)
            .toList();
    return new Applied(
        table,
        recorded.stream().collect(Collectors.toSet()),
        Map.of(),
        Optional.empty(),
        disorder(recorded));
  }

  private static String id(LedgerFormat.Row row) {
    String id = row.details().getOrDefault("id", "0");
    return DIGITS.matcher(id).matches() ? id : "0";
  }

  /** Returns the refusal to run where the recorded names are not the first of the folder. */
  private Optional<Refusal> disorder(List<String> recorded) {
    for (int i = 0; settings.checksOrder() && i < Math.min(recorded.size(), names.size()); i++) {
      if (!recorded.get(i).equals(names.get(i))) {
        return Optional.of(
            new Refusal(
                Refusal.Stage.NOT_RUN,
                0,
                0,
                NAME
                    + " runs nothing: Not run migration "
                    + names.get(i)
                    + " is preceding already run migration "
                    + recorded.get(i),
                Optional.of(
                    "give it a number after the recorded ones, or put back the file of "
                        + recorded.get(i)
                        + "; or deploy with --no-check-order")));
      }
    }
    return Optional.empty();
  }

  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    // A list does not tell in which order they were run.
    return selection.recorded().isPresent()
        ? all
        : disorder(
                selection.applied().stream().map(version -> name(version)).sorted(ORDER).toList())
            .map(refused -> all.refusing(refused, folder))
            .orElse(all);
  }

  private String name(String version) {
    return names.stream()
        .filter(name -> ORDER.compare(name, version) == 0)
        .findFirst()
        .orElse(version);
  }

  @Override
  public Execution execution() {
    return settings.oneTransaction()
        ? ALL_IN_ONE
        : ALL_IN_ONE.with(
            Execution.Scope.FILE,
            new Execution.OutsideTransaction.Never(Optional.empty()),
            Execution.EndOfFile.TOOL_COMMITS);
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    return execution().recordedBy(ledger.map(l -> insert(migration, l)));
  }

  private static String insert(Migration migration, Ledger ledger) {
    return "INSERT INTO "
        + Identifiers.quote(ledger.table())
        + " ("
        + ledger.key().map(key -> Identifiers.quote(key.column()) + ", ").orElse("")
        + "name, run_on) VALUES ("
        + ledger.key().map(key -> key.value() + ", ").orElse("")
        + Identifiers.literal(migration.version())
        + ", NOW())";
  }
}
