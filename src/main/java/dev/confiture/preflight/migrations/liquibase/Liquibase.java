package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * <a href="https://www.liquibase.com">Liquibase</a>: changesets in SQL, XML, YAML or JSON, known by
 * path, id and author; split by its own rule ({@link Statements}), each in a transaction, recorded
 * in one behind it.
 */
public final class Liquibase implements Tool {

  private static final String DATABASE_CHANGE_LOG = "databaseChangeLog";
  private static final String AUTHOR = "author";
  private static final String FILE_NAME = "filename";
  private static final String MD5 = "md5sum";
  private static final String EXEC_TYPE = "exectype";

  private static final Pattern ROOT_NAME =
      Pattern.compile("(?:.*[.-])?(?:changelog|master|root)\\.(?:xml|ya?ml|json|sql)");

  /**
   * Before each changeset it looks at the search path that is left, and puts its own schema first
   * where another one is: each name of the rest in quotes, an empty one too, which PostgreSQL
   * refuses.
   */
  private static final String PUTS_ITS_SCHEMA_FIRST =
      """
      DO $preflight$
      DECLARE
        path text := pg_catalog.current_setting('search_path');
        own text;
      BEGIN
        RESET search_path;
        own := pg_catalog.current_schema();
        PERFORM pg_catalog.set_config('search_path', path, false);
        IF pg_catalog.split_part(path, ',', 1) NOT IN (own, '"' || own || '"') THEN
          EXECUTE 'SET search_path TO ' || pg_catalog.quote_ident(own) || COALESCE(
            (SELECT ', ' || pg_catalog.string_agg(
               CASE WHEN part LIKE '"%' THEN part ELSE '"' || part || '"' END, ',')
             FROM (SELECT pg_catalog.btrim(name) AS part
                   FROM pg_catalog.unnest(pg_catalog.string_to_array(path, ',')) AS name) AS parts),
            '');
        END IF;
      END $preflight$""";

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Calls(List.of(), true),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of("write runInTransaction:false into the line of its changeset")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.REOPENED);

  private final Map<String, Changeset> changesets;

  /** Makes the tool of a folder that is not read. */
  public Liquibase() {
    this(List.of());
  }

  private Liquibase(List<Changeset> read) {
    this.changesets = new LinkedHashMap<>();
    read.forEach(each -> changesets.putIfAbsent(each.key().version(), each));
  }

  @Override
  public String id() {
    return "liquibase";
  }

  @Override
  public Description description() {
    return new Description(
        "4.33.0",
        "changesets in formatted SQL, and sql and sqlFile of changesets in XML, YAML and JSON,"
            + " through include and includeAll",
        "as the root changelog names them",
        "runInTransaction:false: each statement by itself",
        "older ones are run, missing ones ignored, changed ones refused (of SQL)",
        "changes whose SQL Liquibase makes itself (createTable …) are unverified, and whether such"
            + " a changeset was changed is not known: with runOnChange it counts as changed, as do"
            + " those with a checksum of before Liquibase 4.22 (8:…); preconditions are not asked;"
            + " contexts and labels are not chosen by; databasechangeloglock is not looked at");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return candidates(files).stream()
        .findFirst()
        .<Detection>map(
            path ->
                new Detection.Evidence(
                    (FolderFiles.name(path).endsWith(".sql")
                            ? "--liquibase formatted sql in "
                            : DATABASE_CHANGE_LOG + " in ")
                        + FolderFiles.name(path)))
        .orElseGet(Detection.Nothing::new);
  }

  /** Returns the changelogs of the folder itself. */
  private static List<Path> candidates(FolderFiles files) {
    return files.paths().stream()
        .filter(Files::isRegularFile)
        .filter(
            path -> {
              String name = FolderFiles.name(path).toLowerCase(Locale.ROOT);
              return name.endsWith(".sql")
                  ? files.read(path).text().filter(FormattedSql::is).isPresent()
                  : Stream.of(".xml", ".yaml", ".yml", ".json").anyMatch(name::endsWith)
                      && files
                          .read(path)
                          .text()
                          .filter(text -> text.text().contains(DATABASE_CHANGE_LOG))
                          .isPresent();
            })
        .toList();
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<Changeset> read = changesets(files, told.placeholders());
    Map<String, Integer> places = new HashMap<>();
    List<Migration> migrations = new ArrayList<>();
    for (Changeset each : read) {
      places.putIfAbsent(each.key().version(), places.size());
      migrations.add(each.migration());
    }
    return new MigrationFolder(
        new Liquibase(read),
        evidence,
        migrations,
        // In the order of the changelog; what it does not name comes behind it.
        Comparator.<String>comparingInt(version -> places.getOrDefault(version, Integer.MAX_VALUE))
            .thenComparing(Comparator.naturalOrder()),
        false,
        MigrationFolder.ignored(
            files, migrations.stream().map(Migration::file).toList(), ".rollback.sql"));
  }

  private static List<Changeset> changesets(FolderFiles files, Map<String, String> placeholders) {
    List<Path> all = candidates(files);
    Configured configured = Configured.of(files);
    Map<String, String> values = new HashMap<>(configured.parameters());
    values.putAll(placeholders);
    Optional<Path> root =
        configured
            .root()
            .filter(path -> all.contains(files.folder().resolve(FolderFiles.name(path))));
    Optional<Path> base = root.isPresent() ? configured.base() : resources(files.folder());
    List<Path> roots =
        root.<List<Path>>map(path -> List.of(files.folder().resolve(FolderFiles.name(path))))
            .orElseGet(() -> roots(files, all, base, values));
    Changelogs changelogs = new Changelogs(files, base, values);
    roots.forEach(changelogs::read);
    return changelogs.changesets();
  }

  /** Returns the folder from which a Maven project's changelogs name each other. */
  private static Optional<Path> resources(Path folder) {
    Path at = folder.toAbsolutePath().normalize();
    while (at != null) {
      if (at.endsWith(Configured.RESOURCES)) {
        return Optional.of(at);
      }
      at = at.getParent();
    }
    return Optional.empty();
  }

  /** Returns the changelogs that no other one of the folder names; one with a usual name first. */
  private static List<Path> roots(
      FolderFiles files, List<Path> all, Optional<Path> base, Map<String, String> values) {
    List<Path> trees =
        all.stream().filter(path -> !FolderFiles.name(path).endsWith(".sql")).toList();
    Changelogs changelogs = new Changelogs(files, base, values);
    Set<Path> named = new HashSet<>();
    trees.forEach(tree -> named.addAll(changelogs.includedBy(tree)));
    List<Path> free = all.stream().filter(path -> !named.contains(Changelogs.real(path))).toList();
    // Where each is named by another one, they include each other: that is said of one then.
    List<Path> possible = free.isEmpty() ? trees : free;
    Optional<Path> usual =
        possible.stream()
            .filter(path -> ROOT_NAME.matcher(FolderFiles.name(path)).matches())
            .findFirst();
    return usual.<List<Path>>map(List::of).orElse(possible);
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(
        new LedgerFormat(
                QualifiedName.of("databasechangelog"),
                "id",
                List.of(AUTHOR, FILE_NAME, MD5, EXEC_TYPE),
                Set.of(AUTHOR, FILE_NAME),
                Set.of(),
                List.of(),
                this::applied)
            .madeBy(
                "CREATE TABLE IF NOT EXISTS public.databasechangelog (id varchar(255) NOT NULL,"
                    + " author varchar(255) NOT NULL, filename varchar(255) NOT NULL, dateexecuted"
                    + " timestamp NOT NULL, orderexecuted integer NOT NULL, exectype varchar(10)"
                    + " NOT NULL, md5sum varchar(35), description varchar(255), comments"
                    + " varchar(255), tag varchar(255), liquibase varchar(20), contexts"
                    + " varchar(255), labels varchar(255), deployment_id varchar(10));"
                    + " CREATE TABLE IF NOT EXISTS public.databasechangeloglock (id integer"
                    + " PRIMARY KEY, locked boolean NOT NULL, lockgranted timestamp, lockedby"
                    + " varchar(255)); INSERT INTO public.databasechangeloglock (id, locked)"
                    + " VALUES (1, false) ON CONFLICT DO NOTHING"));
  }

  /** Reads its rows. A path is that of another working directory where it only begins otherwise. */
  private Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Map<String, List<Changeset>> byIdAndAuthor = new HashMap<>();
    changesets
        .values()
        .forEach(
            each ->
                byIdAndAuthor
                    .computeIfAbsent(
                        each.key().id() + "::" + each.key().author(), _ -> new ArrayList<>())
                    .add(each));
    Set<String> versions = new LinkedHashSet<>();
    Map<String, String> checksums = new HashMap<>();
    for (LedgerFormat.Row row : rows) {
      String author = row.details().getOrDefault(AUTHOR, "");
      String path = Changelogs.normalised(row.details().getOrDefault(FILE_NAME, ""));
      String type = row.details().getOrDefault(EXEC_TYPE, "EXECUTED");
      if (type.equals("FAILED") || type.equals("SKIPPED")) {
        continue;
      }
      String exact = new Changeset.Key(path, row.version(), author).version();
      String version =
          changesets.containsKey(exact)
              ? exact
              : byIdAndAuthor.getOrDefault(row.version() + "::" + author, List.of()).stream()
                  .filter(changeset -> changeset.isOf(path))
                  .map(changeset -> changeset.key().version())
                  .findFirst()
                  .orElse(exact);
      versions.add(version);
      Optional.ofNullable(row.details().get(MD5)).ifPresent(sum -> checksums.put(version, sum));
    }
    return new Applied(table, versions, checksums);
  }

  /** Runs what is not applied, and again what says so; refuses all where one was changed. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    Set<String> pending = new HashSet<>();
    PendingSet fresh = PendingSet.notApplied(folder, selection);
    fresh.migrations().forEach(migration -> pending.add(migration.version()));
    Map<String, String> recorded = selection.recorded().map(Applied::checksums).orElse(Map.of());
    List<Changeset> changed = new ArrayList<>();
    Set<String> unknown = new HashSet<>();
    for (Changeset each : changesets.values()) {
      String version = each.key().version();
      if (!selection.applied().contains(version)) {
        continue;
      }
      Optional<String> sum = Optional.ofNullable(recorded.get(version));
      boolean differs = sum.filter(each::differsFrom).isPresent();
      if (each.says().always()) {
        pending.add(version);
      } else if (each.says().onChange()) {
        // In a ledger a changeset without a checksum is one that was not changed.
        boolean same = sum.map(each::isAs).orElse(selection.recorded().isPresent());
        if (!same) {
          pending.add(version);
        }
        if (!same && !differs) {
          unknown.add(version);
        }
      } else if (differs && !each.says().accepts(sum.orElse(""), each.checksum().orElse(""))) {
        changed.add(each);
      }
    }
    PendingSet all =
        new PendingSet(
            selection,
            folder.migrations().stream()
                .filter(migration -> pending.contains(migration.version()))
                .map(each -> unknown.contains(each.version()) ? perhapsChanged(each) : each)
                .toList(),
            fresh.appliedWithoutFile(),
            fresh.outOfOrder());
    return changed.isEmpty()
        ? all
        : all.refusing(
            Refusal.ofFile(
                "liquibase runs nothing: Validation Failed: "
                    + changed.size()
                    + " changesets check sum: "
                    + changed.getFirst().key().version()
                    + " was: "
                    + recorded.get(changed.getFirst().key().version())
                    + " but is now: "
                    + changed.getFirst().checksum().orElse(""),
                "take the change back and put it into a changeset of its own"),
            folder);
  }

  /** Says of a changeset why it is here although it may not be run. */
  private static Migration perhapsChanged(Migration migration) {
    List<String> notes = new ArrayList<>(migration.notes());
    notes.add(
        "liquibase runs it again if it was changed (runOnChange), and its checksum is not known"
            + " here: it counts as changed");
    return new Migration(
        migration.file(),
        migration.text(),
        migration.checksum(),
        migration.reversible(),
        migration.refusals(),
        migration.preconditions(),
        notes);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Optional<Changeset> changeset = Optional.ofNullable(changesets.get(migration.version()));
    Execution sent =
        EXECUTION.with(
            new Execution.Send.Calls(changeset.map(Changeset::starts).orElse(List.of()), true));
    Optional<String> record = ledger.flatMap(l -> changeset.map(c -> record(c, l)));
    return changeset.map(each -> each.says().inTransaction()).orElse(true)
        ? sent.recordedBy(new Execution.LedgerWrites(Optional.empty(), Optional.empty(), record))
            .between(
                new Execution.Around(
                    List.of(
                        new Execution.Query("liquibase's SET SEARCH_PATH", PUTS_ITS_SCHEMA_FIRST)),
                    List.of()))
        : sent.recordedBy(
                new Execution.LedgerWrites(
                    Optional.of(PUTS_ITS_SCHEMA_FIRST), Optional.empty(), record))
            .with(
                Execution.Scope.NONE,
                new Execution.OutsideTransaction.Never(
                    Optional.of("let it be split: each statement is sent by itself then")),
                Execution.EndOfFile.TRANSACTION_LOST);
  }

  private static String record(Changeset changeset, Ledger ledger) {
    String table = Identifiers.quote(ledger.table());
    String id = Identifiers.literal(changeset.key().id());
    String author = Identifiers.literal(changeset.key().author());
    String path = Identifiers.literal(changeset.key().path());
    String sum = changeset.checksum().map(Identifiers::literal).orElse("NULL");
    String order = "(SELECT pg_catalog.max(orderexecuted) FROM " + table + ")";
    String insert =
        "INSERT INTO "
            + table
            + " (id, author, filename, dateexecuted, orderexecuted, md5sum, description, comments,"
            + " exectype, liquibase) SELECT "
            + String.join(", ", id, author, path)
            + ", pg_catalog.now(), COALESCE("
            + order
            + ", 0) + 1, "
            + sum
            + ", 'sql', '', 'EXECUTED', '4.33.0'";
    if (!changeset.says().runsAgain()) {
      return insert;
    }
    String same = " WHERE id = " + id + " AND author = " + author + " AND filename = " + path;
    return "UPDATE "
        + table
        + " SET dateexecuted = pg_catalog.now(), orderexecuted = "
        + order
        + " + 1, exectype = 'RERAN', md5sum = "
        + sum
        + same
        + "; "
        + insert
        + " WHERE NOT EXISTS (SELECT FROM "
        + table
        + same
        + ")";
  }
}
