package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.NumericVersions;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * What Flyway knows of one file beside its text.
 *
 * @param description its name in words, as the history has it
 * @param type SQL, SQL_BASELINE or JDBC; empty for a callback, which the history does not have
 * @param script its path below its location
 * @param parts the places at which what is sent starts, where these are not the statements'
 * @param written the checksum of the file as it is written, placeholders and all
 * @param transactional true if Flyway opens a transaction for it
 */
record FlywayFile(
    String description,
    String type,
    String script,
    Optional<List<Integer>> parts,
    Optional<String> written,
    boolean transactional) {

  private static final String SQL = ".sql";
  private static final String SEPARATOR = "__";
  private static final Pattern VERSION = Pattern.compile("[0-9]+(?:[._][0-9]+)*");

  /** Returns true if the history gets a row of it. */
  boolean isRecorded() {
    return !type.isEmpty();
  }

  /** Returns the statement by which Flyway records it. */
  String insert(Ledger ledger, Migration migration) {
    String table = Identifiers.quote(ledger.table());
    return "INSERT INTO "
        + table
        + " (installed_rank, version, description, type, script, checksum, installed_by,"
        + " execution_time, success) SELECT COALESCE(pg_catalog.max(installed_rank), 0) + 1, "
        + (migration.version().startsWith("R__")
            ? "NULL"
            : Identifiers.literal(Flyway.number(migration.version())))
        + ", "
        + Identifiers.literal(FlywayHistory.kept(description))
        + ", "
        + Identifiers.literal(type)
        + ", "
        + Identifiers.literal(script)
        + ", "
        + migration.checksum().orElse("NULL")
        + ", CURRENT_USER, 0, true FROM "
        + table;
  }

  /** Returns the queries of two lists. */
  static List<Execution.Query> joined(List<Execution.Query> first, List<Execution.Query> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  /**
   * The moments at which Flyway runs files of these names.
   *
   * @param moments those that are files of a deployment of their own, by the moment's name
   * @param beforeEach what it runs first in each migration's transaction
   * @param afterEach what it runs last there
   */
  record Callbacks(
      Map<String, List<Migration>> moments,
      List<Execution.Query> beforeEach,
      List<Execution.Query> afterEach) {

    static final Callbacks NONE = new Callbacks(Map.of(), List.of(), List.of());

    private static final List<String> FIRST =
        List.of("beforeValidate", "afterValidate", "beforeMigrate");
    private static final List<String> BETWEEN = List.of("afterVersioned", "beforeRepeatables");
    private static final List<String> LAST = List.of("afterMigrateApplied", "afterMigrate");

    private static final String BEFORE_EACH = "beforeEachMigrate";
    private static final String AFTER_EACH = "afterEachMigrate";

    Callbacks {
      moments = Map.copyOf(moments);
      beforeEach = List.copyOf(beforeEach);
      afterEach = List.copyOf(afterEach);
    }

    /** Returns the moment that a name without ending is of, if it is one. */
    private static Optional<String> moment(String name) {
      String moment = name.contains(SEPARATOR) ? name.substring(0, name.indexOf(SEPARATOR)) : name;
      return Stream.of(FIRST, BETWEEN, LAST, List.of(BEFORE_EACH, AFTER_EACH))
          .flatMap(List::stream)
          .filter(moment::equals)
          .findFirst();
    }

    /** Returns migrations with the callbacks around them. */
    List<Migration> around(List<Migration> migrations, Predicate<Migration> repeatable) {
      List<Migration> all = new ArrayList<>(of(FIRST));
      boolean versioned = true;
      for (Migration migration : migrations) {
        if (versioned && repeatable.test(migration)) {
          all.addAll(of(BETWEEN));
          versioned = false;
        }
        all.add(migration);
      }
      if (versioned) {
        all.addAll(of(BETWEEN.subList(0, 1)));
      }
      all.addAll(of(LAST));
      return all;
    }

    private List<Migration> of(List<String> names) {
      return names.stream()
          .flatMap(name -> moments.getOrDefault(name, List.of()).stream())
          .toList();
    }
  }

  /** Reads the files of a project. */
  static final class Reader {

    private final FlywaySettings settings;
    private final Optional<FlywayText.Placeholders> placeholders;
    private final Map<Path, FlywayFile> facts = new HashMap<>();
    private final List<Migration> migrations = new ArrayList<>();
    private final Map<String, Migration> found = new TreeMap<>();
    private final List<Refusal> ofFolder = new ArrayList<>();
    private final Set<Path> run = new HashSet<>();

    /**
     * Prepares reading.
     *
     * @param given the user's values of placeholders
     */
    Reader(FlywaySettings settings, Map<String, String> given) {
      this.settings = settings;
      Map<String, String> all = new HashMap<>();
      all.put("flyway:defaultschema", settings.schema().orElse("public"));
      all.put("flyway:table", settings.table());
      all.put(
          "flyway:timestamp",
          LocalDateTime.now(ZoneId.systemDefault())
              .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)));
      Set<String> unknown = settings.unknownPlaceholders();
      all.keySet().removeAll(unknown);
      all.putAll(settings.placeholders());
      given.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
      this.placeholders =
          settings.isOn("placeholderreplacement", true)
              ? Optional.of(
                  new FlywayText.Placeholders(
                      all,
                      unknown,
                      settings.text("placeholderprefix").orElse("${"),
                      settings.text("placeholdersuffix").orElse("}")))
              : Optional.empty();
    }

    /** Reads the files below one location. */
    void read(FolderFiles files, Path root) {
      for (Path path : files.below()) {
        String name = FolderFiles.name(path);
        if (name.toLowerCase(Locale.ROOT).endsWith(SQL)) {
          read(files, root, path, name.substring(0, name.length() - SQL.length()));
        }
      }
    }

    private void read(FolderFiles files, Path root, Path path, String name) {
      int separator = name.indexOf(SEPARATOR);
      String left = separator < 0 ? name : name.substring(0, separator);
      String rest = separator < 0 ? "" : name.substring(separator + SEPARATOR.length());
      String description = rest.replace('_', ' ');
      Optional<String> moment = Callbacks.moment(name);
      if (moment.isPresent()) {
        Migration callback =
            migration(files, new MigrationFile(moment.get(), rest, path), root, description, "");
        found.put(moment.get() + SEPARATOR + rest, callback);
        run.add(path.toAbsolutePath().normalize());
      } else if (left.equals("R") && separator > 0) {
        add(
            migration(
                files,
                new MigrationFile(Flyway.repeatable(description), "", path),
                root,
                description,
                "SQL"));
      } else if (left.startsWith("V") && VERSION.matcher(left.substring(1)).matches()) {
        add(
            migration(
                files, new MigrationFile(version(left), rest, path), root, description, "SQL"));
      } else if (left.startsWith(Flyway.BASELINE) && VERSION.matcher(left.substring(1)).matches()) {
        add(
            migration(
                files,
                new MigrationFile(Flyway.BASELINE + version(left), rest, path),
                root,
                description,
                "SQL_BASELINE"));
      } else if (settings.isOn("validatemigrationnaming", false) && !isUndo(left)) {
        ofFolder.add(
            Refusal.ofFile(
                "Flyway runs nothing: Invalid SQL filenames found: " + FolderFiles.name(path),
                "name it as V<version>__<description>.sql, or move it out of the folder"));
      }
    }

    private static boolean isUndo(String left) {
      return left.startsWith("U") && VERSION.matcher(left.substring(1)).matches();
    }

    /** Returns the version as Flyway writes it. */
    private static String version(String left) {
      return left.substring(1).replace('_', '.');
    }

    private void add(Migration migration) {
      migrations.add(migration);
      run.add(migration.file().path().toAbsolutePath().normalize());
    }

    private Migration migration(
        FolderFiles files, MigrationFile file, Path root, String description, String type) {
      FolderFiles.Content content = files.read(file.path());
      String script = root.relativize(file.path()).toString().replace('\\', '/');
      if (content.text().isEmpty()) {
        facts.put(
            file.path(),
            new FlywayFile(description, type, script, Optional.empty(), Optional.empty(), true));
        return new Migration(file, content.unreadable());
      }
      SourceText source = content.text().get();
      Map<String, String> conf = conf(files, file.path());
      Optional<FlywayText.Placeholders> replaced =
          conf.getOrDefault("placeholderreplacement", "true").equals("false")
              ? Optional.empty()
              : placeholders.map(all -> all.with("flyway:filename", FolderFiles.name(file.path())));
      FlywayText text = FlywayText.of(source, replaced);
      Optional<Boolean> asked =
          Optional.ofNullable(conf.get("executeintransaction")).map(Boolean::parseBoolean);
      facts.put(
          file.path(),
          new FlywayFile(
              description,
              type,
              script,
              text.parts(),
              Optional.of(checksum(source)),
              asked.orElse(
                  text.outside().isEmpty() && settings.isOn("executeintransaction", true))));
      List<Refusal> refusals = new ArrayList<>(text.refusals());
      if (asked.isEmpty() && !settings.isMixed() && settings.isOn("executeintransaction", true)) {
        text.firstOfMixed().ifPresent(other -> refusals.add(mixed(text, other)));
      }
      return new Migration(
          file,
          new MigrationText.Sql(source, text.script()),
          Optional.of(checksum(file.version().startsWith("R__") ? text.script().source() : source)),
          Files.exists(
              file.path().resolveSibling("U" + FolderFiles.name(file.path()).substring(1))),
          refusals,
          List.of(),
          List.of());
    }

    private static Refusal mixed(FlywayText text, Statement other) {
      return new Refusal(
          Refusal.Stage.NOT_RUN,
          other.start(),
          other.end(),
          "Flyway does not run the file: Detected both transactional and non-transactional"
              + " statements within the same migration (even though mixed is false)",
          Optional.of(
              text.outside().contains(other)
                  ? "put it into a file of its own"
                  : "put it into a file of its own, apart from "
                      + text.outside().getFirst().text().lines().findFirst().orElse("")));
    }

    /** Reads the settings of one file, which stand in a file beside it. */
    private static Map<String, String> conf(FolderFiles files, Path path) {
      Path beside = path.resolveSibling(FolderFiles.name(path) + ".conf");
      Map<String, String> conf = new HashMap<>();
      if (Files.isRegularFile(beside)) {
        files
            .read(beside)
            .text()
            .ifPresent(
                text ->
                    FlywaySettings.conf(text.text())
                        .forEach((name, value) -> conf.put(name.toLowerCase(Locale.ROOT), value)));
      }
      return conf;
    }

    /**
     * Computes Flyway's checksum: of the lines, without what ends them; of a repeatable migration
     * with placeholders replaced, so that another value lets it run again.
     */
    private static String checksum(SourceText text) {
      CRC32 crc = new CRC32();
      String all = text.hasByteOrderMark() ? text.text().substring(1) : text.text();
      all.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
      return Integer.toString((int) crc.getValue());
    }

    /**
     * Finds migrations that are code: beside the SQL, or in the same package below the sources of
     * its language.
     */
    void readCode(Path folder, Pattern name) {
      String path = folder.toString().replace('\\', '/');
      for (String sources : List.of("", "src/main/java/", "src/main/kotlin/")) {
        Path code = Path.of(path.replace("src/main/resources/", sources));
        if (sources.isEmpty() || !code.equals(folder)) {
          list(sources.isEmpty() ? folder : code).stream()
              .filter(file -> name.matcher(FolderFiles.name(file)).matches())
              .forEach(this::addCode);
        }
      }
    }

    private static List<Path> list(Path folder) {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.filter(Files::isRegularFile).sorted().toList();
      } catch (IOException unreadable) {
        return List.of();
      }
    }

    private void addCode(Path path) {
      String name = FolderFiles.name(path);
      String left = name.substring(0, name.indexOf(SEPARATOR));
      String rest = name.substring(left.length() + SEPARATOR.length(), name.lastIndexOf('.'));
      String description = rest.replace('_', ' ');
      boolean repeatable = left.equals("R");
      facts.put(
          path, new FlywayFile(description, "JDBC", "", Optional.empty(), Optional.empty(), true));
      migrations.add(
          Migration.inCode(
              new MigrationFile(
                  repeatable ? Flyway.repeatable(description) : version(left),
                  repeatable ? "" : rest,
                  path)));
    }

    /** Returns the migrations, in their order, with what Flyway says of all of them. */
    List<Migration> migrations(Comparator<String> order) {
      List<MigrationFile> files = migrations.stream().map(Migration::file).toList();
      for (MigrationFile file : MigrationFolder.doubled(files, order)) {
        ofFolder.add(
            Refusal.ofFile(
                "Flyway runs nothing: Found more than one "
                    + (NumericVersions.isVersion(Flyway.number(file.version()))
                        ? "migration with version " + Flyway.number(file.version())
                        : "repeatable migration with description " + file.version().substring(3))
                    + ", of which one is "
                    + file.fileName(),
                "give it a version of its own"));
      }
      return migrations.stream()
          .sorted(
              Comparator.comparing(Migration::version, order)
                  .thenComparing(migration -> migration.file().path().toString()))
          .map(migration -> migration.refusing(ofFolder))
          .toList();
    }

    Map<Path, FlywayFile> facts() {
      return facts;
    }

    /** Returns the callbacks; of one moment by what stands behind its name. */
    Callbacks callbacks() {
      Map<String, List<Migration>> moments = new HashMap<>();
      List<Execution.Query> before = new ArrayList<>();
      List<Execution.Query> after = new ArrayList<>();
      for (Migration callback : found.values()) {
        switch (callback.version()) {
          case Callbacks.BEFORE_EACH -> query(callback).ifPresent(before::add);
          case Callbacks.AFTER_EACH -> query(callback).ifPresent(after::add);
          default ->
              moments.computeIfAbsent(callback.version(), _ -> new ArrayList<>()).add(callback);
        }
      }
      return new Callbacks(moments, before, after);
    }

    private static Optional<Execution.Query> query(Migration callback) {
      return callback.text() instanceof MigrationText.Sql(_, Script script, _)
              && !script.statements().isEmpty()
          ? Optional.of(new Execution.Query(callback.file().fileName(), script.source().text()))
          : Optional.empty();
    }

    /** Returns the names of SQL files that Flyway does not run. */
    List<String> ignored(FolderFiles files) {
      return files.below().stream()
          .filter(path -> FolderFiles.name(path).toLowerCase(Locale.ROOT).endsWith(SQL))
          .filter(path -> !run.contains(path.toAbsolutePath().normalize()))
          .map(path -> files.folder().relativize(path).toString())
          .toList();
    }
  }
}
