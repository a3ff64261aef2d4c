package dev.confiture.preflight.migrations;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a file with the versions that are applied: one a line, or several with commas between them,
 * in quotes or not; the names of their files; or what psql prints of a ledger.
 *
 * <p>A line that means no version is refused. It is never passed over: what it was to name would be
 * rehearsed again.
 */
final class AppliedList {

  private static final String VERSION = "version";

  /** The line below a heading, and those around a table: {@code -----+-----}. */
  private static final Pattern RULE = Pattern.compile("[|+]?-[-+|]*");

  /** The line below a table: {@code (2 rows)}, in any language. */
  private static final Pattern FOOTER = Pattern.compile("\\(\\d+ \\p{L}+\\)");

  private final Path file;
  private final MigrationFolder folder;
  private final List<String> lines;
  private final Set<String> versions = new LinkedHashSet<>();
  private OptionalInt column = OptionalInt.empty();
  private boolean begun;

  private AppliedList(Path file, MigrationFolder folder, List<String> lines) {
    this.file = file;
    this.folder = folder;
    this.lines = lines;
  }

  /**
   * Reads the list.
   *
   * @param folder the files whose versions and names it may hold
   * @throws UsageProblem if it cannot be read, or a line means no version
   */
  static Selection.NotListed read(Path file, MigrationFolder folder) {
    AppliedList list = new AppliedList(file, folder, lines(file));
    for (int i = 0; i < list.lines.size(); i++) {
      list.add(i);
    }
    return new Selection.NotListed(file.toString(), list.versions);
  }

  private static List<String> lines(Path file) {
    try {
      byte[] bytes = InputFile.named(file, InputFile.LIST);
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString().lines().map(AppliedList::withoutComment).toList();
    } catch (CharacterCodingException notText) {
      throw new UsageProblem(
          "the list of applied versions " + file + " is not UTF-8 text",
          "the file given with --applied-from holds one version a line",
          notText);
    } catch (IOException unreadable) {
      throw new UsageProblem(
          "the list of applied versions " + file + " cannot be read",
          "check the path given with --applied-from",
          unreadable);
    }
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).replace("\uFEFF", "").strip();
  }

  private void add(int index) {
    String line = lines.get(index);
    if (line.isEmpty() || RULE.matcher(line).matches() || FOOTER.matcher(line).matches()) {
      return;
    }
    List<String> cells = cells(line);
    boolean first = !begun;
    begun = true;
    if (first && isHeading(cells, index)) {
      column = OptionalInt.of(versionColumn(cells, index));
    } else if (column.isEmpty()) {
      cells.forEach(cell -> add(cell, index));
    } else if (column.getAsInt() < cells.size()) {
      add(cells.get(column.getAsInt()), index);
    } else {
      throw refused(line, index);
    }
  }

  private void add(String cell, int index) {
    if (!cell.isEmpty()) {
      versions.add(version(cell).orElseThrow(() -> refused(cell, index)));
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    String inner = line;
    if (line.length() > 1 && line.startsWith("|") && line.endsWith("|")) {
      inner = line.substring(1, line.length() - 1);
    }
    for (String cell : inner.split(inner.contains("|") ? "\\|" : ",", -1)) {
      cells.add(unquoted(cell.strip()));
    }
    return cells;
  }

  private static String unquoted(String cell) {
    boolean quoted =
        cell.length() > 1
            && "\"'`".indexOf(cell.charAt(0)) >= 0
            && cell.charAt(0) == cell.charAt(cell.length() - 1);
    return quoted ? cell.substring(1, cell.length() - 1).strip() : cell;
  }

  /** Returns true for the names of a table's columns. */
  private boolean isHeading(List<String> cells, int index) {
    return cells.stream().anyMatch(this::isVersionColumn)
        || (index + 1 < lines.size()
            && RULE.matcher(lines.get(index + 1)).matches()
            && cells.stream().allMatch(cell -> version(cell).isEmpty()));
  }

  private boolean isVersionColumn(String name) {
    return name.equalsIgnoreCase(VERSION)
        || folder
            .tool()
            .ledger()
            .filter(format -> format.version().equalsIgnoreCase(name))
            .isPresent();
  }

  private int versionColumn(List<String> heading, int index) {
    for (int i = 0; i < heading.size(); i++) {
      if (heading.size() == 1 || isVersionColumn(heading.get(i))) {
        return i;
      }
    }
    throw new UsageProblem(
        file + ":" + (index + 1) + ": none of the table's columns is called version",
        "the file given with --applied-from holds one version a line, such as " + example());
  }

  /** Returns the version that a word means: itself, or that of the file it names. */
  private Optional<String> version(String word) {
    String path = word.replace('\\', '/');
    int last = path.lastIndexOf('/');
    String name = path.substring(last + 1);
    // The folder may be the migration.
    String inFolder = path.substring(path.lastIndexOf('/', last - 1) + 1);
    return folder
        .versionOf(inFolder)
        .or(() -> folder.versionOf(name))
        .or(() -> Optional.of(name).filter(this::isVersion))
        .or(
            () ->
                Optional.of(name)
                    .filter(n -> n.indexOf('_') > 0)
                    .map(n -> n.substring(0, n.indexOf('_')))
                    .filter(NumericVersions::isVersion)
                    .flatMap(this::version));
  }

  /** Returns true for what may be the version of a file that is gone. */
  private boolean isVersion(String word) {
    return NumericVersions.isVersion(word)
        ? folder.otherSpelling(word).isEmpty()
        : !folder.isNumeric()
            && word.chars()
                .noneMatch(c -> Character.isWhitespace(c) || (c == '_' && !isFolder(word)));
  }

  /** Returns true if versions are the names of folders, and this may be one that is gone. */
  private boolean isFolder(String word) {
    return Character.isDigit(word.charAt(0))
        && folder.files().stream().allMatch(file -> file.version().equals(file.title()));
  }

  private UsageProblem refused(String word, int index) {
    return new UsageProblem(
        file + ":" + (index + 1) + ": not a version: \"" + word + "\"",
        folder
            .otherSpelling(word)
            .map(
                version ->
                    folder.tool().id()
                        + " compares versions as strings: write it as the files do, "
                        + version)
            .orElseGet(
                () ->
                    "the file given with --applied-from holds one version a line, such as "
                        + example()));
  }

  private String example() {
    return folder.migrations().getLast().version();
  }
}
