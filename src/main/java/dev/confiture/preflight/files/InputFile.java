package dev.confiture.preflight.files;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A regular file on a disk, which no link has led away from where its reader looked for it.
 *
 * <p>A link to {@code /proc/self/environ} would otherwise show this process's secrets in an error
 * message. What is refused is named, and none of it is shown.
 */
public final class InputFile {

  /** The limit for one migration, in bytes. */
  public static final long MIGRATION = 64L << 20;

  /** The limit for a dump, in bytes: its text and its tokens are held in memory. */
  public static final long SCHEMA = 512L << 20;

  /** The limit for lists and configurations, in bytes. */
  public static final long LIST = 1L << 20;

  /** The file systems of the kernel, whose files are this process's own state. */
  private static final List<Path> OF_THE_KERNEL =
      List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

  private static final String GIT = ".git";

  private InputFile() {}

  /**
   * Reads a file that the user names, wherever it lies.
   *
   * @param most its largest size in bytes
   * @throws UsageProblem if it is no regular file, or larger
   * @throws IOException if it does not exist or cannot be read
   */
  public static byte[] named(Path file, long most) throws IOException {
    return read(file, file.toRealPath(), most);
  }

  /**
   * Reads a file that was found in a folder: it stays in the project around that folder.
   *
   * @param most its largest size in bytes
   * @throws UsageProblem if it lies elsewhere, is no regular file, or is larger
   * @throws IOException if it does not exist or cannot be read
   */
  public static byte[] found(Path file, Path folder, long most) throws IOException {
    return ofProject(file, project(folder.toRealPath()), most);
  }

  /**
   * Reads a file that was found in a folder of a project: for the many of one folder, whose project
   * is looked up once.
   *
   * @param project as {@link #project} returned it
   * @param most its largest size in bytes
   * @throws UsageProblem if it lies elsewhere, is no regular file, or is larger
   * @throws IOException if it does not exist or cannot be read
   */
  public static byte[] ofProject(Path file, Path project, long most) throws IOException {
    Path real = file.toRealPath();
    refuseOutside(file.toString(), file, real, project, project);
    return read(file, real, most);
  }

  /**
   * Refuses a file or folder that really lies outside a folder, or in git's own there, and a link
   * to a file of another kind; one that does not exist is left to its reader.
   *
   * @param name what the user calls it
   * @throws UsageProblem if it does
   */
  public static void refuseOutside(String name, Path file, Path folder) {
    try {
      refuseOutside(name, file, file.toRealPath(), folder, folder.toRealPath());
    } catch (NoSuchFileException missing) {
      // Its reader says what is missing.
    } catch (IOException unreadable) {
      throw new UsageProblem(
          name + " cannot be looked up: " + reason(unreadable),
          "check its permissions",
          unreadable);
    }
  }

  private static void refuseOutside(String name, Path file, Path real, Path folder, Path root) {
    if (!real.startsWith(root)) {
      throw new UsageProblem(
          name + " leads out of " + folder + ", and is not read",
          "put the file itself there, in place of a link to it");
    }
    refuseAnother(name, file, real, root.relativize(real));
  }

  private static byte[] read(Path file, Path real, long most) throws IOException {
    if (OF_THE_KERNEL.stream().anyMatch(real::startsWith)
        || Files.readAttributes(real, BasicFileAttributes.class).isOther()) {
      throw new UsageProblem(
          file + " is no regular file on a disk, and is not read",
          "write its content to a file first");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes((int) most + 1);
    }
    if (bytes.length > most) {
      throw new UsageProblem(
          file + " is larger than " + size(most) + ", and is not read",
          "make it smaller: rows do not belong into it");
    }
    return bytes;
  }

  /**
   * Refuses a link to what a checkout or an earlier step keeps beside the files of the repository:
   * git's own folder, which may hold a token, and a file of another kind, such as {@code .env}.
   */
  private static void refuseAnother(String name, Path file, Path real, Path inside) {
    for (Path part : inside) {
      if (part.toString().equalsIgnoreCase(GIT)) {
        throw new UsageProblem(
            name + " leads into the folder of git, and is not read",
            "put the file itself there, in place of a link to it");
      }
    }
    if (!Files.isDirectory(real) && !kind(file).equals(kind(real))) {
      throw new UsageProblem(
          name + " is a link to a file of another kind, and is not read",
          "let the link lead to a file that ends in the same way, or put the file itself there");
    }
  }

  /** Returns what stands behind the last dot of a file's name, if there is one. */
  private static String kind(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  private static String size(long bytes) {
    return bytes >= 1L << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
  }

  /** Returns the reason of a failed read, without the path that the reader has named already. */
  private static String reason(IOException failed) {
    return failed instanceof FileSystemException of
        ? Optional.ofNullable(of.getReason()).orElse(of.getClass().getSimpleName())
        : String.valueOf(failed.getMessage());
  }

  /**
   * Returns the folder of the project that a folder lies in: the nearest one above with a
   * repository; where there is none, the working directory around it, else the folder itself.
   *
   * @throws IOException if the working directory cannot be looked up
   */
  public static Path project(Path folder) throws IOException {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(GIT), LinkOption.NOFOLLOW_LINKS)) {
        return at;
      }
    }
    Path working = Path.of("").toRealPath();
    return folder.startsWith(working) ? working : folder;
  }
}
