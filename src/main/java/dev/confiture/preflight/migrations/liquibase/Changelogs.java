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
import java.util.Comparator;
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
  private static final int MOST_CHANGELOGS = 20_000;
  private static final int MOST_CHANGESETS = 100_000;
  private static final long MOST_SQL = 1 << 27;

  private static final Set<String> OF_INCLUDE =
      Set.of(
          "file",
          "relativeToChangelogFile",
          "errorIfMissing",
          "context",
          "contextFilter",
          "labels",
          "ignore",
          "logicalFilePath");

  private static final Set<String> OF_INCLUDE_ALL =
      Set.of(
          "path",
          "relativeToChangelogFile",
          "errorIfMissingOrEmpty",
          "endsWithFilter",
          "minDepth",
          "maxDepth",
          "context",
          "contextFilter",
          "labels",
          "ignore",
          "logicalFilePath");

  private static final Set<String> OF_CHANGESET =
      Set.of(
          "id",
          "author",
          "dbms",
          "runAlways",
          "runOnChange",
          "context",
          "contextFilter",
          "labels",
          "runInTransaction",
          "failOnError",
          "onValidationFail",
          "runWith",
          "runWithSpoolFile",
          "logicalFilePath",
          "objectQuotingStrategy",
          "created",
          "runOrder",
          "ignore",
          "comment",
          "rollback",
          "validCheckSum",
          "preConditions");

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
  private int read;
  private long length;
  private boolean full;

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

    String substituted(String text) {
      return new PlacedText(text, List.of()).substituted(values).value();
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
    changelog(root, nameOf(root), Around.NOTHING, 0);
  }

  /** Returns the files that a changelog includes itself. */
  Set<Path> includedBy(Path file) {
    Set<Path> included = new HashSet<>();
    files
        .read(file)
        .text()
        .ifPresent(
            text -> {
              if (parsed(file, text) instanceof ChangelogFile.Tree(ChangelogNode root)) {
                included(file, root, included);
              }
            });
    included.remove(real(file));
    return included;
  }

  private void included(Path file, ChangelogNode node, Set<Path> to) {
    for (ChangelogNode child : node.children()) {
      switch (child.name()) {
        case "include" ->
            said(child, "file").ifPresent(path -> to.add(real(target(file, child, path))));
        case "includeAll" ->
            said(child, "path")
                .ifPresent(
                    path ->
                        all(target(file, child, path), child).stream()
                            .map(Changelogs::real)
                            .forEach(to::add));
        case "modifyChangeSets" -> included(file, child, to);
        default -> {}
      }
    }
  }

  /** Returns a path without links, by which files can be compared. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      return path.toAbsolutePath().normalize();
    }
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
              ? each.with(
                  List.of(
                      Refusal.ofFile(
                          "liquibase runs nothing: Validation Failed: 1 changesets had duplicate"
                              + " identifiers: "
                              + each.key().version(),
                          "give it another id")),
                  List.of())
              : each);
    }
    return List.copyOf(checked);
  }

  /** Returns a path as Liquibase compares them. */
  static String normalised(String path) {
    String slashes =
        path.strip().replace('\\', '/').replace("\0", "").replaceFirst("^classpath\\*?:", "");
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
    return notRehearsable(
        "liquibase leaves it to " + program + " (runWith), which is not run here",
        Optional.empty());
  }

  private static Refusal notRehearsable(String message, Optional<String> hint) {
    return new Refusal(Refusal.Stage.NOT_REHEARSABLE, 0, 0, message, hint);
  }

  /** Returns a refusal for each attribute whose meaning is not known here. */
  private static List<Refusal> unknown(ChangelogNode node, Set<String> known) {
    return node.values().keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .map(
            name ->
                notRehearsable(
                    "its "
                        + node.name()
                        + " says "
                        + name
                        + ", and what liquibase does by that is not known here",
                    Optional.empty()))
        .toList();
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

  private void changelog(Path file, String name, Around around, int depth) {
    if (full) {
      return;
    }
    read++;
    if (found.size() + first.size() + last.size() > MOST_CHANGESETS) {
      notRead(file, name, "it comes behind more than 100,000 changesets");
      return;
    }
    if (length > MOST_SQL || read > MOST_CHANGELOGS) {
      notRead(
          file,
          name,
          length > MOST_SQL
              ? "it comes behind more than 128 MiB of SQL"
              : "it comes behind more than 20,000 changelogs");
      return;
    }
    if (depth > MOST_NESTED) {
      notRead(file, name, "it is included through more than 20 changelogs");
      return;
    }
    if (!open.add(real(file))) {
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
        sql(file, name, around, text);
      } else {
        tree(file, name, around, text, depth);
      }
    }
    open.remove(real(file));
  }

  private static ChangelogFile parsed(Path file, SourceText text) {
    return FolderFiles.name(file).toLowerCase(Locale.ROOT).endsWith(".xml")
        ? XmlChangelog.read(text)
        : YamlChangelog.read(text);
  }

  /** Says of a file, and of all that come behind it, that it is not looked into. */
  private void notRead(Path file, String name, String reason) {
    full = true;
    ChangesetSql nothing = new ChangesetSql(SourceText.of(""));
    found.add(
        new Changeset(
            new Changeset.Key(name, "", ""),
            name,
            file,
            nothing.text(),
            List.of(),
            Changeset.Says.NOTHING,
            Optional.empty(),
            List.of(
                notRehearsable(
                    "it is not read here, and neither is what comes behind it: " + reason,
                    Optional.of("rehearse the rest from a changelog of its own"))),
            List.of()));
  }

  private void add(Around around, Changeset changeset, List<Changeset> place) {
    if (!around.ignored()) {
      length += changeset.length();
      place.add(changeset.with(around.refusals(), around.notes()));
    }
  }

  /** Adds a file that Liquibase cannot read, for which it runs nothing at all. */
  private void broken(Path file, String name, Position position, String reason) {
    found.add(
        new Changeset(
            new Changeset.Key(name, "", ""),
            name,
            file,
            new MigrationText.Unreadable(position, "liquibase runs nothing: " + reason),
            List.of(),
            Changeset.Says.NOTHING,
            Optional.empty(),
            List.of(),
            List.of()));
  }

  private void sql(Path file, String name, Around around, SourceText text) {
    if (FormattedSql.is(text)) {
      FormattedSql formatted = FormattedSql.read(text, name, around, file, parameters);
      formatted.changesets().forEach(each -> add(around, each, found));
      formatted.broken().ifPresent(why -> broken(file, name, why.position(), why.reason()));
    } else if (!text.text().isBlank()) {
      // All of it is one changeset, which is not split.
      ChangesetSql sql = new ChangesetSql(text);
      PlacedText all = PlacedText.all(text);
      sql.add(all, new Statements.Rule(false, false, Optional.empty()));
      Checksum checksum = new Checksum();
      checksum.add(all.value());
      add(
          around,
          new Changeset(
              new Changeset.Key(name, "raw", "includeAll"),
              name,
              file,
              sql.text(),
              sql.starts(),
              Changeset.Says.NOTHING,
              Optional.of(checksum.value()),
              sql.refusals(),
              List.of()),
          found);
    }
  }

  private void tree(Path file, String name, Around around, SourceText text, int depth) {
    switch (parsed(file, text)) {
      case ChangelogFile.Tree(ChangelogNode root) -> {
        Optional<String> own = root.text("logicalFilePath").map(Changelogs::normalised);
        List<String> filters = new ArrayList<>();
        filters(root, filters);
        Around here = around.under(own).with(filters);
        String before = own.orElse(name);
        String path = here.logicalPath().orElse(name);
        boolean conditions =
            root.children().stream().anyMatch(child -> child.name().equals("preConditions"));
        int count = found.size();
        for (ChangelogNode child : root.children()) {
          element(new Place(file, name, before, text, here, depth), child);
        }
        if (conditions && found.size() > count) {
          found.set(
              count,
              found
                  .get(count)
                  .with(
                      List.of(), List.of("the preConditions of " + path + " are not asked here")));
        }
      }
      case ChangelogFile.Another _ ->
          broken(file, name, new Position(1, 1), "Cannot find a databaseChangeLog in it");
      case ChangelogFile.Broken(Position position, String reason) ->
          broken(file, name, position, "Error parsing " + name + ": " + reason);
    }
  }

  /**
   * A changelog that is being read.
   *
   * @param name the path by which it is included
   * @param before the path that it has without those of the includes around it
   */
  private record Place(
      Path file, String name, String before, SourceText text, Around around, int depth) {

    private Place with(Around other) {
      return new Place(file, name, before, text, other, depth);
    }
  }

  private void element(Place place, ChangelogNode node) {
    switch (node.name()) {
      case "property" ->
          node.text("name")
              .ifPresent(
                  key ->
                      node.text("value")
                          .filter(_ -> node.text("dbms").map(Changelogs::isOfPostgres).orElse(true))
                          .ifPresent(value -> parameters.put(key, value)));
      case "include" ->
          said(node, "file")
              .ifPresentOrElse(
                  to -> include(place, node, to),
                  () -> broken(place, node, "No 'file' attribute on 'include'"));
      case "includeAll" ->
          said(node, "path")
              .ifPresentOrElse(
                  to -> includeAll(place, node, to),
                  () -> broken(place, node, "No path attribute for includeAll"));
      case "modifyChangeSets" -> {
        Refusal changed =
            node.text("runWith")
                .map(Changelogs::runWith)
                .orElseGet(
                    () ->
                        notRehearsable(
                            "the modifyChangeSets around its include changes how liquibase runs"
                                + " it, and that is not known here",
                            Optional.empty()));
        Around around = place.around();
        Around inside =
            around.including(around.logicalPath(), around.ignored(), List.of(changed), List.of());
        node.children().forEach(child -> element(place.with(inside), child));
      }
      case "changeSet" -> changeset(place, node);
      case "preConditions", "removeChangeSetProperty", "changeLogId" -> {}
      default -> {
        if (!node.children().isEmpty()) {
          broken(place, node, "Unexpected node found under databaseChangeLog: " + node.name());
        }
      }
    }
  }

  private void broken(Place place, ChangelogNode node, String reason) {
    broken(place.file(), place.name(), place.text().position(node.start()), reason);
  }

  /** Returns a path that a changelog names, with parameters put in. */
  private Optional<String> said(ChangelogNode node, String key) {
    return node.text(key).map(parameters::substituted).map(path -> path.replace("\0", ""));
  }

  /** Adds the notes of what a changelog or an include is filtered by. */
  private static void filters(ChangelogNode node, List<String> notes) {
    filters(
        node.text("contextFilter").or(() -> node.text("context")),
        node.text("labels"),
        true,
        notes);
  }

  private Around including(Place place, ChangelogNode node, Set<String> known) {
    List<String> notes = new ArrayList<>();
    filters(node, notes);
    return place
        .around()
        .including(
            node.text("logicalFilePath").map(Changelogs::normalised),
            node.is("ignore", false),
            unknown(node, known),
            notes);
  }

  private void include(Place place, ChangelogNode node, String to) {
    boolean relative = node.is("relativeToChangelogFile", false);
    Path target = resolve(place.file(), to, relative);
    if (Files.isRegularFile(target)) {
      changelog(
          target,
          named(place.name(), to, relative),
          including(place, node, OF_INCLUDE),
          place.depth() + 1);
    } else if (node.is("errorIfMissing", true)) {
      broken(place, node, "The file " + to + " was not found in the configured search path");
    }
  }

  private void includeAll(Place place, ChangelogNode node, String to) {
    boolean relative = node.is("relativeToChangelogFile", false);
    Path folder = resolve(place.file(), to, relative);
    List<Path> all = all(folder, node);
    if (all.isEmpty() && node.is("errorIfMissingOrEmpty", true)) {
      broken(
          place,
          node,
          "Could not find directory or directory was empty for includeAll '" + to + "'");
    }
    Around around = including(place, node, OF_INCLUDE_ALL);
    for (Path each : all) {
      if (isChangelog(each)) {
        String below = folder.relativize(each).toString().replace('\\', '/');
        changelog(each, named(place.name(), to + "/" + below, relative), around, place.depth() + 1);
      }
    }
  }

  /** Returns the files that an includeAll finds, in the order of their paths as text. */
  private List<Path> all(Path folder, ChangelogNode node) {
    List<Path> all = new ArrayList<>();
    below(folder, 0, all);
    int least = number(node, "minDepth", 0);
    int most = number(node, "maxDepth", Integer.MAX_VALUE);
    String ends = node.text("endsWithFilter").orElse("").strip().toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(
            each -> {
              int depth = folder.relativize(each).getNameCount();
              return depth >= least && depth <= most;
            })
        .filter(each -> FolderFiles.name(each).toLowerCase(Locale.ROOT).endsWith(ends))
        .sorted(Comparator.comparing(each -> folder.relativize(each).toString().replace('\\', '/')))
        .toList();
  }

  private static int number(ChangelogNode node, String key, int otherwise) {
    try {
      return node.text(key).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException none) {
      return otherwise;
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
    String normal = relative ? to.strip().replace('\\', '/') : normalised(to);
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

  private void changeset(Place at, ChangelogNode node) {
    Path file = at.file();
    if (node.text("dbms").filter(dbms -> !isOfPostgres(dbms)).isPresent()
        || node.text("ignore").filter("true"::equalsIgnoreCase).isPresent()) {
      return;
    }
    Optional<String> own = node.text("logicalFilePath").map(Changelogs::normalised);
    Changeset.Key key =
        new Changeset.Key(
            own.or(at.around()::logicalPath).orElse(at.name()),
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
    refusals.addAll(unknown(node, OF_CHANGESET));
    Changes read = new Changes(file, at.text(), changes);
    refusals.addAll(read.sql.refusals());
    List<Changeset> place =
        switch (node.text("runOrder").orElse("")) {
          case "first" -> first;
          case "last" -> last;
          default -> found;
        };
    add(
        at.around(),
        new Changeset(
            key,
            own.orElse(at.before()),
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
            notes),
        place);
  }

  /** Returns the checksum of these changes, if all are of SQL that is known here. */
  private Optional<String> checksum(Path file, List<ChangelogNode> changes) {
    Checksum checksum = new Checksum();
    for (ChangelogNode change : changes) {
      Optional<String> sql =
          switch (change.name()) {
            case SQL -> ofSql(change).map(PlacedText::value);
            case SQL_FILE ->
                said(change, "path")
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
              ? said(named.getFirst(), "path")
                  .map(path -> target(changelog, named.getFirst(), path))
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
