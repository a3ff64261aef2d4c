package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a changelog and those that it includes, in the order in which Liquibase runs their
 * changesets.
 */
final class Changelogs {

  private static final int MOST_NESTED = 20;
  private static final int MOST_CHANGESETS = 100_000;

  /** The keys and elements of a changeset that are none of its changes. */
  private static final Set<String> NO_CHANGES =
      Set.of("comment", "rollback", "validCheckSum", "preConditions", "changes");

  /** The changes that change nothing in the database, but do change the checksum. */
  private static final Set<String> WITHOUT_SQL = Set.of("tagDatabase", "empty", "output");

  private static final String SQL = "sql";
  private static final String SQL_FILE = "sqlFile";

  private final FolderFiles files;
  private final Parameters parameters;
  private final List<Changeset> found = new ArrayList<>();
  private final List<Changeset> first = new ArrayList<>();
  private final List<Changeset> last = new ArrayList<>();
  private final Set<Path> open = new LinkedHashSet<>();
  private Optional<Path> base;

  /**
   * The values of {@code ${name}}: the user's before those of the changelog, whose first counts.
   */
  static final class Parameters {

    private final Map<String, String> values;

    Parameters(Map<String, String> given) {
      this.values = new HashMap<>(given);
    }

    void put(String name, String value) {
      values.putIfAbsent(name, value);
    }

    PlacedText substituted(PlacedText text) {
      return text.substituted(values);
    }
  }

  /**
   * Prepares to read.
   *
   * @param base the folder from which changelogs name each other, where it is known
   */
  Changelogs(FolderFiles files, Optional<Path> base, Map<String, String> given) {
    this.files = files;
    this.base = base;
    this.parameters = new Parameters(given);
  }

  /** Reads a root. */
  void read(Path root) {
    changelog(root, nameOf(root), 0);
  }

  /** Returns the changesets that were read, in the order in which they run. */
  List<Changeset> changesets() {
    List<Changeset> all = new ArrayList<>(first);
    all.addAll(found);
    all.addAll(last);
    Set<Changeset.Key> seen = new HashSet<>();
    List<Changeset> checked = new ArrayList<>();
    for (Changeset each : all) {
      boolean again = !seen.add(each.key());
      checked.add(
          again
              ? refusing(
                  each,
                  Refusal.ofFile(
                      "liquibase runs nothing: Validation Failed: 1 changesets had duplicate"
                          + " identifiers: "
                          + each.key().version(),
                      "give it another id"))
              : each);
    }
    return List.copyOf(checked);
  }

  private static Changeset refusing(Changeset changeset, Refusal refusal) {
    List<Refusal> all = new ArrayList<>(changeset.refusals());
    all.add(refusal);
    return new Changeset(
        changeset.key(),
        changeset.file(),
        changeset.text(),
        changeset.starts(),
        changeset.says(),
        changeset.checksum(),
        all,
        changeset.notes());
  }

  /** Returns a path as Liquibase compares them. */
  static String normalised(String path) {
    String slashes = path.strip().replace('\\', '/').replaceFirst("^classpath\\*?:", "");
    String normal = Path.of(slashes).normalize().toString();
    return normal.startsWith("/") ? normal.substring(1) : normal;
  }

  /** Returns true if a list of databases means PostgreSQL too. */
  static boolean isOfPostgres(String dbms) {
    List<String> names =
        Stream.of(dbms.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip).toList();
    return !names.contains("!postgresql")
        && !names.contains("none")
        && (names.contains("postgresql")
            || names.contains("all")
            || names.stream().allMatch(name -> name.startsWith("!") || name.isEmpty()));
  }

  /** Adds what preconditions, which are not asked here, mean for a rehearsal. */
  static void conditions(
      boolean declared, Optional<String> onFail, List<Refusal> refusals, List<String> notes) {
    if (!declared) {
      return;
    }
    String then = onFail.map(each -> each.toUpperCase(Locale.ROOT)).orElse("HALT");
    if (then.equals("MARK_RAN") || then.equals("CONTINUE")) {
      refusals.add(
          new Refusal(
              Refusal.Stage.NOT_REHEARSABLE,
              0,
              0,
              "its preconditions (onFail:"
                  + then
                  + ") decide whether liquibase runs it, and they are not asked here",
              Optional.of("let its SQL say IF EXISTS or IF NOT EXISTS instead")));
    } else {
      notes.add("its preconditions are not asked here: it was run as if they were met");
    }
  }

  static Refusal runWith(String program) {
    return new Refusal(
        Refusal.Stage.NOT_REHEARSABLE,
        0,
        0,
        "liquibase leaves it to " + program + " (runWith), which is not run here",
        Optional.empty());
  }

  /** Adds what a reader should know of a changeset that is not run everywhere. */
  static void filters(
      Optional<String> context, Optional<String> labels, boolean failOnError, List<String> notes) {
    context
        .filter(each -> !each.isBlank())
        .ifPresent(
            each ->
                notes.add(
                    "liquibase runs it without --contexts, and with those that meet " + each));
    labels
        .filter(each -> !each.isBlank())
        .ifPresent(
            each ->
                notes.add(
                    "liquibase runs it without --label-filter, and with one that meets " + each));
    if (!failOnError) {
      notes.add("where it fails, liquibase goes on (failOnError:false)");
    }
  }

  private String nameOf(Path file) {
    Path from = base.orElse(files.folder());
    Path absolute = file.toAbsolutePath().normalize();
    Path root = from.toAbsolutePath().normalize();
    return absolute.startsWith(root)
        ? normalised(root.relativize(absolute).toString())
        : FolderFiles.name(file);
  }

  private void changelog(Path file, String name, int depth) {
    if (depth > MOST_NESTED || found.size() > MOST_CHANGESETS || !open.add(file.normalize())) {
      broken(file, name, new Position(1, 1), "it includes itself");
      return;
    }
    FolderFiles.Content content = files.read(file);
    if (content.text().isEmpty()) {
      MigrationText.Unreadable unreadable = content.unreadable();
      broken(file, name, unreadable.position(), unreadable.reason());
    } else {
      SourceText text = content.text().get();
      String kind = FolderFiles.name(file).toLowerCase(Locale.ROOT);
      if (kind.endsWith(".sql")) {
        sql(file, name, text);
      } else if (kind.endsWith(".xml")) {
        tree(file, name, text, XmlChangelog.read(text), depth);
      } else {
        tree(file, name, text, YamlChangelog.read(text), depth);
      }
    }
    open.remove(file.normalize());
  }

  /** Adds a file that Liquibase cannot read, for which it runs nothing at all. */
  private void broken(Path file, String name, Position position, String reason) {
    found.add(
        new Changeset(
            new Changeset.Key(name, "", ""),
            file,
            new MigrationText.Unreadable(position, "liquibase runs nothing: " + reason),
            List.of(),
            new Changeset.Says(true, false, false, false, List.of()),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  private void sql(Path file, String name, SourceText text) {
    if (FormattedSql.is(text)) {
      FormattedSql read = FormattedSql.read(text, name, file, parameters);
      found.addAll(read.changesets());
      read.broken().ifPresent(why -> broken(file, name, why.position(), why.reason()));
    } else if (!text.text().isBlank()) {
      // All of it is one changeset, which is not split.
      ChangesetSql sql = new ChangesetSql(text);
      PlacedText all = PlacedText.all(text);
      sql.add(all, new Statements.Rule(false, false, Optional.empty()));
      Checksum checksum = new Checksum();
      checksum.add(all.value());
      found.add(
          new Changeset(
              new Changeset.Key(name, "raw", "includeAll"),
              file,
              sql.text(),
              sql.starts(),
              new Changeset.Says(true, false, false, false, List.of()),
              Optional.of(checksum.value()),
              sql.refusals(),
              List.of()));
    }
  }

  private void tree(Path file, String name, SourceText text, ChangelogFile read, int depth) {
    switch (read) {
      case ChangelogFile.Tree(ChangelogNode root) -> {
        String path = root.text("logicalFilePath").map(Changelogs::normalised).orElse(name);
        boolean conditions =
            root.children().stream().anyMatch(child -> child.name().equals("preConditions"));
        int before = found.size();
        for (ChangelogNode child : root.children()) {
          element(file, name, path, text, child, depth);
        }
        if (conditions && found.size() > before) {
          Changeset noted = found.get(before);
          List<String> notes = new ArrayList<>(noted.notes());
          notes.add("the preConditions of " + path + " are not asked here");
          found.set(
              before,
              new Changeset(
                  noted.key(),
                  noted.file(),
                  noted.text(),
                  noted.starts(),
                  noted.says(),
                  noted.checksum(),
                  noted.refusals(),
                  notes));
        }
      }
      case ChangelogFile.Another _ ->
          broken(file, name, new Position(1, 1), "Cannot find a databaseChangeLog in it");
      case ChangelogFile.Broken(Position position, String reason) ->
          broken(file, name, position, "Error parsing " + name + ": " + reason);
    }
  }

  private void element(
      Path file, String name, String path, SourceText text, ChangelogNode node, int depth) {
    switch (node.name()) {
      case "property" ->
          node.text("name")
              .ifPresent(
                  key ->
                      node.text("value")
                          .filter(_ -> node.text("dbms").map(Changelogs::isOfPostgres).orElse(true))
                          .ifPresent(value -> parameters.put(key, value)));
      case "include" -> node.text("file").ifPresent(to -> include(file, name, node, to, depth));
      case "includeAll" ->
          node.text("path").ifPresent(to -> includeAll(file, name, node, to, depth));
      case "changeSet" -> changeset(file, path, text, node);
      default -> {}
    }
  }

  private void include(Path file, String name, ChangelogNode node, String to, int depth) {
    boolean relative = node.is("relativeToChangelogFile", false);
    Path target = resolve(file, to, relative);
    if (Files.isRegularFile(target)) {
      changelog(target, named(name, to, relative), depth + 1);
    } else if (node.is("errorIfMissing", true)) {
      FolderFiles.Content content = files.read(file);
      broken(
          file,
          name,
          content.text().map(text -> text.position(node.start())).orElse(new Position(1, 1)),
          "The file " + to + " was not found in the configured search path");
    }
  }

  private void includeAll(Path file, String name, ChangelogNode node, String to, int depth) {
    boolean relative = node.is("relativeToChangelogFile", false);
    Path folder = resolve(file, to, relative);
    List<Path> all = new ArrayList<>();
    below(folder, 0, all);
    if (all.isEmpty() && node.is("errorIfMissingOrEmpty", true)) {
      broken(
          file,
          name,
          new Position(1, 1),
          "Could not find directory or directory was empty for" + " includeAll '" + to + "'");
    }
    String ends = node.text("endsWithFilter").orElse("");
    for (Path each : all) {
      String below = folder.relativize(each).toString().replace('\\', '/');
      if (below.endsWith(ends) && isChangelog(each)) {
        changelog(each, named(name, to + "/" + below, relative), depth + 1);
      }
    }
  }

  private void below(Path folder, int depth, List<Path> all) {
    try {
      InputFile.refuseOutside(
          folder.toString(), folder, InputFile.project(files.folder().toRealPath()));
    } catch (IOException unreadable) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isRegularFile(entry)) {
          all.add(entry);
        } else if (depth < MOST_NESTED && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          below(entry, depth + 1, all);
        }
      }
    } catch (IOException missing) {
      // The caller says what it finds nothing in.
    }
  }

  private boolean isChangelog(Path file) {
    String kind = FolderFiles.name(file).toLowerCase(Locale.ROOT);
    return kind.endsWith(".sql")
        || ((kind.endsWith(".xml")
                || kind.endsWith(".yaml")
                || kind.endsWith(".yml")
                || kind.endsWith(".json"))
            && files
                .read(file)
                .text()
                .filter(text -> text.text().contains("databaseChangeLog"))
                .isPresent());
  }

  private static String named(String name, String to, boolean relative) {
    Path parent = Path.of(name).getParent();
    return normalised(relative && parent != null ? parent + "/" + to : to);
  }

  /** Returns the file that a changelog names, from the nearest folder in which it is. */
  private Path resolve(Path file, String to, boolean relative) {
    String normal = relative ? to.strip() : normalised(to);
    Path beside = file.resolveSibling(normal).normalize();
    if (relative) {
      return beside;
    }
    if (base.isPresent()) {
      return base.get().resolve(normal).normalize();
    }
    try {
      Path project = InputFile.project(files.folder().toRealPath());
      for (Path around = file.toRealPath().getParent();
          around != null && around.startsWith(project);
          around = around.getParent()) {
        if (Files.exists(around.resolve(normal))) {
          base = Optional.of(around);
          return around.resolve(normal).normalize();
        }
      }
    } catch (IOException unreadable) {
      return beside;
    }
    return beside;
  }

  private void changeset(Path file, String path, SourceText text, ChangelogNode node) {
    if (node.text("dbms").filter(dbms -> !isOfPostgres(dbms)).isPresent()
        || node.text("ignore").filter("true"::equalsIgnoreCase).isPresent()) {
      return;
    }
    Changeset.Key key =
        new Changeset.Key(
            node.text("logicalFilePath").map(Changelogs::normalised).orElse(path),
            node.text("id").orElse(""),
            node.text("author").orElse(""));
    List<ChangelogNode> declared =
        Stream.concat(
                node.children().stream().filter(child -> !node.values().containsKey(child.name())),
                node.child("changes").stream().flatMap(child -> child.children().stream()))
            .filter(child -> !NO_CHANGES.contains(child.name()))
            .toList();
    List<ChangelogNode> changes =
        declared.stream()
            .filter(child -> !WITHOUT_SQL.contains(child.name()))
            .filter(child -> child.text("dbms").map(Changelogs::isOfPostgres).orElse(true))
            .toList();
    List<Refusal> refusals = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Optional<ChangelogNode> conditions = node.child("preConditions");
    conditions(
        conditions.isPresent(), conditions.flatMap(each -> each.text("onFail")), refusals, notes);
    node.text("runWith").ifPresent(with -> refusals.add(runWith(with)));
    filters(
        node.text("contextFilter").or(() -> node.text("context")),
        node.text("labels"),
        node.is("failOnError", true),
        notes);
    Changes read = new Changes(file, text, changes);
    refusals.addAll(read.sql.refusals());
    List<Changeset> place =
        switch (node.text("runOrder").orElse("")) {
          case "first" -> first;
          case "last" -> last;
          default -> found;
        };
    place.add(
        new Changeset(
            key,
            read.file,
            read.sql.text(),
            read.sql.starts(),
            new Changeset.Says(
                node.is("runInTransaction", true),
                node.is("runOnChange", false),
                node.is("runAlways", false),
                node.child("rollback").isPresent(),
                node.children().stream()
                    .filter(child -> child.name().equals("validCheckSum"))
                    .flatMap(child -> Stream.concat(Stream.of(child), child.children().stream()))
                    .flatMap(child -> child.text().stream())
                    .map(PlacedText::value)
                    .toList()),
            checksum(file, declared),
            refusals,
            notes));
  }

  /** Returns the checksum of these changes, if all are of SQL that is known here. */
  private Optional<String> checksum(Path file, List<ChangelogNode> changes) {
    Checksum checksum = new Checksum();
    for (ChangelogNode change : changes) {
      Optional<String> sql =
          switch (change.name()) {
            case SQL -> ofSql(change).map(PlacedText::value);
            case SQL_FILE ->
                change
                    .text("path")
                    .filter(_ -> change.text("encoding").filter(e -> !isUtf8(e)).isEmpty())
                    .flatMap(path -> files.read(target(file, change, path)).text())
                    .map(text -> PlacedText.all(text).value());
            default -> Optional.empty();
          };
      boolean ofAnother =
          (change.name().equals(SQL) || change.name().equals(SQL_FILE))
              && change.text("dbms").filter(dbms -> !isOfPostgres(dbms)).isPresent();
      if (!ofAnother) {
        if (sql.isEmpty()) {
          return Optional.empty();
        }
        checksum.add(sql.get());
      }
    }
    return Optional.of(checksum.value());
  }

  private static boolean isUtf8(String encoding) {
    return encoding.replace("-", "").strip().equalsIgnoreCase("UTF8");
  }

  private Optional<PlacedText> ofSql(ChangelogNode change) {
    return change
        .text()
        .or(() -> change.child(SQL).flatMap(ChangelogNode::text))
        .map(parameters::substituted);
  }

  private Path target(Path changelog, ChangelogNode change, String path) {
    return resolve(changelog, path, change.is("relativeToChangelogFile", false));
  }

  /** The changes of one changeset. */
  private final class Changes {

    private final Path file;
    private final ChangesetSql sql;

    Changes(Path changelog, SourceText text, List<ChangelogNode> changes) {
      List<Refusal> refusals = new ArrayList<>();
      for (ChangelogNode change : changes) {
        if (!change.name().equals(SQL) && !change.name().equals(SQL_FILE)) {
          refusals.add(
              new Refusal(
                  Refusal.Stage.NOT_REHEARSABLE,
                  change.start(),
                  Math.min(change.start() + 1, text.length()),
                  change.name().equals("modifySql")
                      ? "liquibase changes its SQL (modifySql), by a rule that is not known here"
                      : "liquibase makes the SQL of "
                          + change.name()
                          + " itself, and that is not known here",
                  Optional.of("write its SQL out, as liquibase update-sql shows it")));
        }
      }
      List<ChangelogNode> named =
          changes.stream().filter(change -> change.name().equals(SQL_FILE)).toList();
      long inChangelog = changes.stream().filter(change -> change.name().equals(SQL)).count();
      Optional<Path> single =
          named.size() == 1 && inChangelog == 0
              ? named.getFirst().text("path").map(path -> target(changelog, named.getFirst(), path))
              : Optional.empty();
      Optional<SourceText> content = single.flatMap(path -> files.read(path).text());
      if (named.isEmpty() || content.isEmpty()) {
        file = changelog;
        sql = new ChangesetSql(text);
        changes.stream()
            .filter(change -> change.name().equals(SQL))
            .forEach(change -> ofSql(change).ifPresent(said -> sql.add(said, rule(change))));
        single.ifPresentOrElse(
            path -> refusals.add(missing(path)),
            () -> {
              if (!named.isEmpty()) {
                refusals.add(
                    new Refusal(
                        Refusal.Stage.NOT_REHEARSABLE,
                        0,
                        0,
                        "its SQL is in several files, and a migration is one file here",
                        Optional.of("give each file a changeset of its own")));
              }
            });
      } else {
        file = single.orElseThrow();
        SourceText body = content.get();
        sql = new ChangesetSql(body);
        sql.add(parameters.substituted(PlacedText.all(body)), rule(named.getFirst()));
      }
      refusals.forEach(
          each ->
              sql.refuse(
                  file.equals(changelog)
                      ? each
                      // Places in the changelog are none in the file.
                      : new Refusal(each.stage(), 0, 0, each.message(), each.hint())));
    }

    private Refusal missing(Path path) {
      return Refusal.notRun(
          "liquibase runs nothing: The file " + FolderFiles.name(path) + " was not found",
          "check the path of its sqlFile");
    }

    private static Statements.Rule rule(ChangelogNode change) {
      return new Statements.Rule(
          change.is("splitStatements", true),
          change.is("stripComments", false),
          change.text("endDelimiter"));
    }
  }
}
