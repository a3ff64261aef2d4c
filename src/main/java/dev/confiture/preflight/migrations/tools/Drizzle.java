package dev.confiture.preflight.migrations.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * <a href="https://orm.drizzle.team/docs/migrations">drizzle</a>: the files that {@code
 * meta/_journal.json} names, in its order; cut at breakpoints, a simple query a chunk, in one
 * transaction with all other pending files.
 *
 * <p>Its ledger knows an entry by the moment at which it was generated, and what is older than the
 * newest record is never run.
 */
final class Drizzle implements Tool {

  private static final String JOURNAL = "meta/_journal.json";
  private static final String BREAKPOINT = "--> statement-breakpoint";
  private static final String MOMENT = "created_at";
  private static final QualifiedName TABLE = QualifiedName.of("drizzle", "__drizzle_migrations");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern MIGRATIONS = Pattern.compile("\\bmigrations\\s*:\\s*\\{([^}]*)\\}");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Parts(List.of()),
          Execution.Scope.RUN,
          new Execution.OutsideTransaction.Never(Optional.empty()),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  private final List<Entry> journal;
  private final QualifiedName table;

  Drizzle() {
    this(List.of(), TABLE);
  }

  private Drizzle(List<Entry> journal, QualifiedName table) {
    this.journal = journal;
    this.table = table;
  }

  /**
   * An entry of the journal.
   *
   * @param when the moment at which it was generated, in milliseconds
   * @param tag the file's name without its ending
   */
  private record Entry(long when, String tag) {}

  @Override
  public String id() {
    return "drizzle";
  }

  @Override
  public Description description() {
    return new Description(
        "drizzle-orm 0.45.4, with pg and postgres.js",
        "<tag>.sql for each entry of meta/_journal.json",
        "by the journal",
        "none: all pending files are one transaction",
        "those older than the newest record are passed over in silence, changed and missing applied"
            + " ones ignored",
        "the folders without a journal of drizzle-kit 1.0; another table or schema than"
            + " drizzle.config names");
  }

  @Override
  public Detection detect(FolderFiles files) {
    Optional<JsonNode> found = journal(files);
    boolean another =
        found
            .map(journal -> journal.path("dialect").asText("postgresql"))
            .filter(dialect -> !dialect.equals("postgresql") && !dialect.equals("pg"))
            .isPresent();
    return found.isEmpty() || another || found.get().path("entries").isEmpty()
        ? new Detection.Nothing()
        : new Detection.Evidence(JOURNAL);
  }

  /** Returns the journal; empty where there is none, or it cannot be read. */
  private static Optional<JsonNode> journal(FolderFiles files) {
    Path path = files.folder().resolve(JOURNAL);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    return files
        .read(path)
        .text()
        .flatMap(
            text -> {
              try {
                return Optional.of(new ObjectMapper().readTree(text.text()));
              } catch (JsonProcessingException broken) {
                return Optional.empty();
              }
            });
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    JsonNode journal =
        journal(files)
            .orElseThrow(
                () ->
                    new UsageProblem(
                        "drizzle runs nothing: Can't find "
                            + JOURNAL
                            + " file in "
                            + files.folder(),
                        "name the folder that drizzle-kit writes to with --migrations-dir"));
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : journal.path("entries")) {
      entries.add(new Entry(entry.path("when").asLong(), entry.path("tag").asText()));
    }
    Drizzle tool = new Drizzle(List.copyOf(entries), table(files));
    List<MigrationFile> found =
        entries.stream()
            .map(
                entry ->
                    new MigrationFile(
                        entry.tag(), "", files.folder().resolve(entry.tag() + ".sql")))
            .toList();
    List<Refusal> ofFolder =
        found.stream()
            .filter(file -> !Files.exists(file.path()))
            .map(
                file ->
                    Refusal.ofFile(
                        "drizzle runs none of the folder's files: No file "
                            + file.fileName()
                            + " found in "
                            + files.folder()
                            + " folder",
                        "put it back, or take its entry out of " + JOURNAL))
            .toList();
    return new MigrationFolder(
        tool,
        evidence,
        found.stream().map(file -> read(file, files.read(file.path())).refusing(ofFolder)).toList(),
        tool.order(),
        false,
        MigrationFolder.ignored(files, found, ".down.sql"));
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    return new Migration(
        file,
        content
            .text()
            .<MigrationText>map(
                text ->
                    new MigrationText.Sql(text, Script.of(withoutBreakpoints(text), starts(text))))
            .orElse(content.unreadable()),
        content.sha256(),
        false,
        List.of(),
        List.of(),
        List.of());
  }

  private static SourceText withoutBreakpoints(SourceText text) {
    return text.blanked(
        starts(text).stream()
            .skip(1)
            .map(start -> new Span(start - BREAKPOINT.length(), start))
            .toList());
  }

  /** Returns where chunks start: at the beginning, and behind each breakpoint, wherever it is. */
  private static List<Integer> starts(SourceText text) {
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    String all = text.text();
    int chars = 0;
    int offset = 0;
    for (int at = all.indexOf(BREAKPOINT); at >= 0; at = all.indexOf(BREAKPOINT, chars)) {
      int next = at + BREAKPOINT.length();
      offset += all.codePointCount(chars, next);
      chars = next;
      starts.add(offset);
    }
    return starts;
  }

  /** Returns the ledger's name, which a configuration may have changed. */
  private static QualifiedName table(FolderFiles files) {
    Optional<String> settings =
        files
            .project(
                "drizzle.config.ts",
                "drizzle.config.js",
                "drizzle.config.mjs",
                "drizzle.config.cjs",
                "drizzle.config.json")
            .flatMap(path -> files.read(path).text())
            .map(SourceText::text)
            .flatMap(
                text -> {
                  Matcher found =
                      MIGRATIONS.matcher(text.replaceAll("[\"']migrations[\"']", "migrations"));
                  return found.find() ? Optional.of(found.group(1)) : Optional.empty();
                });
    return QualifiedName.of(
        settings.flatMap(text -> setting(text, "schema")).or(TABLE::schema).orElse("drizzle"),
        settings.flatMap(text -> setting(text, "table")).orElse(TABLE.name()));
  }

  private static Optional<String> setting(String settings, String name) {
    Matcher found =
        Pattern.compile("\\b" + name + "[\"']?\\s*:\\s*[\"'`]([^\"'`]+)[\"'`]").matcher(settings);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /**
   * Returns the order of the journal. A version is a tag, or the number before it, or a moment as
   * the ledger has it.
   */
  private Comparator<String> order() {
    return Comparator.<String>comparingDouble(this::position)
        .thenComparing(version -> isKnown(version) ? "" : version);
  }

  private boolean isKnown(String version) {
    return position(version) == Math.rint(position(version)) && position(version) < journal.size();
  }

  private double position(String version) {
    OptionalDouble exact = index(entry -> entry.tag().equals(version));
    if (exact.isPresent()) {
      return exact.getAsDouble();
    }
    Optional<Long> moment = moment(version);
    OptionalDouble same = index(entry -> moment.filter(m -> m == entry.when()).isPresent());
    if (same.isPresent()) {
      return same.getAsDouble();
    }
    OptionalDouble numbered = index(entry -> entry.tag().startsWith(version + "_"));
    if (numbered.isPresent()) {
      return numbered.getAsDouble();
    }
    return moment
        .map(m -> journal.stream().filter(entry -> entry.when() < m).count() - 0.5)
        .orElse((double) journal.size());
  }

  private OptionalDouble index(Predicate<Entry> wanted) {
    return IntStream.range(0, journal.size())
        .filter(i -> wanted.test(journal.get(i)))
        .asDoubleStream()
        .findFirst();
  }

  private static Optional<Long> moment(String version) {
    return DIGITS.matcher(version).matches()
        ? Optional.of(Long.parseLong(version))
        : Optional.empty();
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(
        new LedgerFormat(
                table,
                MOMENT,
                List.of("hash"),
                List.of(table.schema().orElse("drizzle")),
                this::applied)
            .madeBy(
                "CREATE SCHEMA IF NOT EXISTS "
                    + Identifiers.quote(table.schema().orElse("drizzle"))
                    + "; CREATE TABLE IF NOT EXISTS "
                    + Identifiers.quote(table)
                    + " (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)"));
  }

  /** Reads its rows: a moment is that of the entries that were generated then. */
  private Applied applied(QualifiedName found, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    for (LedgerFormat.Row row : rows) {
      List<String> tags =
          journal.stream()
              .filter(entry -> Long.toString(entry.when()).equals(row.version()))
              .map(Entry::tag)
              .toList();
      versions.addAll(tags.isEmpty() ? List.of(row.version()) : tags);
    }
    return new Applied(found, versions, Map.of());
  }

  /** It passes over what is not newer than the newest record, and says nothing. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    Optional<Long> newest =
        selection.applied().stream().flatMap(version -> when(version).stream()).max(Long::compare);
    return newest.isEmpty()
        ? all
        : all.with(
            migration ->
                when(migration.version()).filter(moment -> moment <= newest.get()).isEmpty()
                    ? migration
                    : migration.refusing(
                        List.of(
                            new Refusal(
                                Refusal.Stage.NOT_RUN,
                                0,
                                0,
                                "drizzle never runs it: "
                                    + when(migration.version()).orElse(0L)
                                    + ", its \"when\" in "
                                    + JOURNAL
                                    + ", is not after "
                                    + newest.get()
                                    + " of the newest record, and so it is passed over in silence",
                                Optional.of(
                                    "generate it anew, so that it is the newest of the"
                                        + " journal")))));
  }

  private Optional<Long> when(String version) {
    double position = position(version);
    return isKnown(version) ? Optional.of(journal.get((int) position).when()) : moment(version);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    return EXECUTION
        .with(
            new Execution.Send.Parts(
                migration.text().source().map(Drizzle::starts).orElse(List.of())))
        .recordedBy(ledger.map(l -> insert(migration, l)));
  }

  private String insert(Migration migration, Ledger ledger) {
    return "INSERT INTO "
        + Identifiers.quote(ledger.table())
        + " ("
        + ledger.key().map(key -> Identifiers.quote(key.column()) + ", ").orElse("")
        + "hash, created_at) VALUES ("
        + ledger.key().map(key -> key.value() + ", ").orElse("")
        + Identifiers.literal(migration.checksum().orElse(""))
        + ", "
        + when(migration.version()).orElse(0L)
        + ")";
  }
}
