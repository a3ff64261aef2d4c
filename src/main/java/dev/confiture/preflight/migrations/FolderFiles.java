package dev.confiture.preflight.migrations;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.SourceText.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The entries of a migrations folder; each is read from disk once. */
public final class FolderFiles {

  private static final Position BEGINNING = new Position(1, 1);

  private static final int DEEPEST = 8;

  /** Folders of what belongs to migrations: sqitch's, and those that others name likewise. */
  private static final Set<String> BESIDE =
      Set.of("revert", "verify", "down", "rollback", "undo", "node_modules");

  private final Path folder;
  private final List<Path> paths;
  private final Map<Path, Content> read = new HashMap<>();
  private Optional<Path> project = Optional.empty();

  private FolderFiles(Path folder, List<Path> paths) {
    this.folder = folder;
    this.paths = List.copyOf(paths);
  }

  /**
   * Lists a folder.
   *
   * @throws UsageProblem if there is none
   */
  public static FolderFiles list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageProblem(
          "the migrations folder " + folder + " does not exist",
          "name the folder with --migrations-dir");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return new FolderFiles(folder, entries.sorted().toList());
    } catch (IOException unreadable) {
      throw new UsageProblem(
          "the migrations folder " + folder + " cannot be read",
          "check its permissions",
          unreadable);
    }
  }

  /** Returns the folder, as the user wrote it. */
  public Path folder() {
    return folder;
  }

  /** Returns the entries, in the order of their names. */
  public List<Path> paths() {
    return paths;
  }

  /**
   * Returns the files of the folder and its sub-folders that look like migrations, whatever their
   * tool: SQL whose name begins with a digit, as that of no hidden file and no editor's copy does.
   */
  public List<Path> lookalikes() {
    // The folder itself may be a link; one below it is not followed.
    try {
      Path real = folder.toRealPath();
      try (Stream<Path> all = Files.walk(real, DEEPEST)) {
        return all.filter(Files::isRegularFile)
            .map(real::relativize)
            .filter(FolderFiles::looksLikeMigration)
            .map(folder::resolve)
            .sorted()
            .toList();
      }
    } catch (IOException | UncheckedIOException unreadable) {
      // A folder below that may not be entered.
      return List.of();
    }
  }

  private static boolean looksLikeMigration(Path relative) {
    String name = name(relative).toLowerCase(Locale.ROOT);
    return name.endsWith(".sql")
        && Character.isDigit(name.charAt(0))
        && IntStream.range(0, relative.getNameCount())
            .mapToObj(i -> relative.getName(i).toString())
            .noneMatch(part -> part.startsWith(".") || BESIDE.contains(part));
  }

  /**
   * Returns every regular file of the folder and of those below it, in the order of their paths; no
   * hidden folder is entered, and no link to one.
   */
  public List<Path> below() {
    List<Path> found = new ArrayList<>();
    addBelow(folder, 0, found);
    return found;
  }

  private static void addBelow(Path folder, int depth, List<Path> found) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isRegularFile(entry)) {
          found.add(entry);
        } else if (depth < DEEPEST
            && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
            && !name(entry).startsWith(".")
            && !name(entry).equals("node_modules")) {
          addBelow(entry, depth + 1, found);
        }
      }
    } catch (IOException | UncheckedIOException unreadable) {
      // What may not be entered holds nothing to a tool either.
    }
  }

  /**
   * Returns the nearest file of the project with one of these names or paths: in the folder, or in
   * one around it up to that of the project.
   */
  public Optional<Path> project(String... names) {
    try {
      Path real = folder.toRealPath();
      Path last = InputFile.project(real);
      for (Path around = real; around != null; around = around.getParent()) {
        for (String name : names) {
          Path file = around.resolve(name);
          if (Files.isRegularFile(file)) {
            return Optional.of(file);
          }
        }
        if (around.equals(last)) {
          break;
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Returns the folder of the project around the folder, without links.
   *
   * @throws UsageProblem if it cannot be looked up
   */
  public Path root() {
    try {
      return InputFile.project(folder.toRealPath());
    } catch (IOException unreadable) {
      throw new UsageProblem(
          "the migrations folder " + folder + " cannot be looked up",
          "check its permissions",
          unreadable);
    }
  }

  /** Returns a file of the project as the user would write it, who wrote the folder so. */
  public Path written(Path file) {
    try {
      return folder.resolve(folder.toRealPath().relativize(file)).normalize();
    } catch (IOException unreadable) {
      return file;
    }
  }

  /**
   * Returns the content of an entry. One that is a folder, or that cannot be read, is a value too.
   *
   * @throws UsageProblem if a link leads away from the folder and its repository
   */
  public Content read(Path path) {
    return read.computeIfAbsent(path, each -> Content.of(each, this::ofProject));
  }

  private byte[] ofProject(Path path) throws IOException {
    Path around = project.isPresent() ? project.get() : InputFile.project(folder.toRealPath());
    project = Optional.of(around);
    return InputFile.ofProject(path, around, InputFile.MIGRATION);
  }

  /** Reads the bytes of a file. */
  private interface Reader {
    byte[] read(Path path) throws IOException;
  }

  /** Returns the name of an entry. */
  public static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** The content of a file: bytes, and text where they are UTF-8. */
  public static final class Content {

    private final Optional<byte[]> bytes;
    private final Optional<SourceText> text;
    private final MigrationText.Unreadable unreadable;

    private Content(
        Optional<byte[]> bytes, Optional<SourceText> text, Position position, String reason) {
      this.bytes = bytes;
      this.text = text;
      this.unreadable = new MigrationText.Unreadable(position, reason);
    }

    private static Content of(Path path, Reader reader) {
      if (Files.isDirectory(path) || !Files.exists(path)) {
        return missing(whatItIs(path));
      }
      try {
        byte[] bytes = reader.read(path);
        return switch (SourceText.decode(bytes)) {
          case Decoded.Decodable(SourceText source) -> decoded(bytes, source);
          case Decoded.Undecodable bad ->
              new Content(
                  Optional.of(bytes),
                  Optional.empty(),
                  new Position(bad.line(), bad.column()),
                  "the file is not UTF-8: byte 0x%02X".formatted(bad.byteValue()));
        };
      } catch (IOException failed) {
        return missing(failed.toString());
      }
    }

    /** Names NUL, which no server takes, and which every other byte of Latin in UTF-16 is. */
    private static Content decoded(byte[] bytes, SourceText source) {
      int first = 0;
      int count = 0;
      for (int i = source.length() - 1; i >= 0; i--) {
        if (source.codePointAt(i) == 0) {
          first = i;
          count++;
        }
      }
      return count == 0
          ? new Content(Optional.of(bytes), Optional.of(source), BEGINNING, "")
          : new Content(
              Optional.of(bytes),
              Optional.empty(),
              source.position(first),
              count * 3 > source.length()
                  ? "the file is not UTF-8 but UTF-16 without a byte order mark: byte 0x00"
                  : "the file is no text: byte 0x00 (NUL)");
    }

    private static Content missing(String reason) {
      return new Content(
          Optional.empty(), Optional.empty(), BEGINNING, "the file cannot be read: " + reason);
    }

    /** Names an entry that has a migration's name and is no file: its tool would stop at it. */
    private static String whatItIs(Path path) {
      if (Files.isDirectory(path)) {
        return "it is a folder";
      }
      return Files.isSymbolicLink(path) ? "it is a link to nothing" : "it is gone";
    }

    /** Returns the bytes; empty for what is no regular file. */
    public Optional<byte[]> bytes() {
      return bytes.map(byte[]::clone);
    }

    /**
     * Returns the SHA-256 of the bytes, by which several tools know whether an applied file was
     * changed, in lower-case hexadecimal digits.
     */
    public Optional<String> sha256() {
      return bytes.map(Digest.SHA_256::of);
    }

    /** Returns the SHA-384 of the bytes, in lower-case hexadecimal digits. */
    public Optional<String> sha384() {
      return bytes.map(Digest.SHA_384::of);
    }

    /** Returns the text; empty for what is not UTF-8. */
    public Optional<SourceText> text() {
      return text;
    }

    /** Returns why there is no text. */
    public MigrationText.Unreadable unreadable() {
      return unreadable;
    }
  }
}
