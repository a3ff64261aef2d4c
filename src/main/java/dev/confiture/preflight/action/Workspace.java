package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that the runner mounts, and the one in it that paths start from.
 *
 * @param root the runner's {@code GITHUB_WORKSPACE}
 * @param base the working directory below it
 */
record Workspace(Path root, Path base) {

  private static final String GIT = ".git";

  /**
   * Finds the workspace of this step.
   *
   * @throws UsageProblem if the working directory is not below it, or nothing was checked out
   */
  static Workspace of(Map<String, String> environment, Inputs inputs) {
    Path root =
        Path.of(environment.getOrDefault("GITHUB_WORKSPACE", "")).toAbsolutePath().normalize();
    String below = inputs.text(Option.WORKING_DIRECTORY).orElse("");
    Path base = root.resolve(below).normalize();
    if (!base.startsWith(root)) {
      throw new UsageProblem(
          "the input working_directory, " + below + ", is not below the workspace",
          "name a folder of the repository, such as services/orders");
    }
    if (isEmpty(root)) {
      throw new UsageProblem(
          "the workspace is empty: nothing was checked out",
          "add a step before this one: uses: actions/checkout@v6");
    }
    return new Workspace(root, base);
  }

  /**
   * Returns a file or folder that an input names, seen from the folder that this process runs in.
   *
   * @throws UsageProblem if it lies outside the workspace, or a link leads out of it
   */
  Path path(Option<?> option, Path given) {
    Path absolute = base.resolve(given).normalize();
    String name = "the input " + option.input() + ", " + given + ",";
    if (!absolute.startsWith(root)) {
      throw new UsageProblem(
          name + " lies outside the workspace, and is not read",
          "name a file below the workspace: no other folder of the runner is in this container");
    }
    InputFile.refuseOutside(name, absolute, root);
    Path here = Path.of("").toAbsolutePath();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  /** Returns a file that is to be written, which no link leads out of the workspace. */
  Path written(Option<Path> option, Path given) {
    Path absolute = base.resolve(given).normalize();
    Path parent = Optional.ofNullable(absolute.getParent()).orElse(root);
    try {
      if (!absolute.startsWith(root)
          || !parent.toRealPath().startsWith(root.toRealPath())
          || Files.isSymbolicLink(absolute)) {
        throw new UsageProblem(
            "the input " + option.input() + ", " + given + ", leads out of the workspace",
            "name a file below it, not a link");
      }
    } catch (IOException missing) {
      throw new UsageProblem(
          "the input " + option.input() + ", " + given + ": its folder does not exist",
          "name a file in a folder that is there",
          missing);
    }
    return absolute;
  }

  /** Returns a path relative to the workspace, as a later step reads it. */
  String fromRoot(Path file) {
    return root.relativize(file.toAbsolutePath().normalize()).toString();
  }

  /** Returns a path relative to the root of its repository, as an annotation names it. */
  String inRepository(String file) {
    Path absolute = Path.of("").toAbsolutePath().resolve(file).normalize();
    if (!absolute.startsWith(root)) {
      return file;
    }
    Path folder = absolute.getParent();
    while (folder != null && folder.startsWith(root)) {
      if (Files.exists(folder.resolve(GIT), LinkOption.NOFOLLOW_LINKS)) {
        return folder.relativize(absolute).toString();
      }
      folder = folder.getParent();
    }
    return root.relativize(absolute).toString();
  }

  /** Gives a file that was written to the workspace's owner: root's would stay forever. */
  void handOver(Path file) throws IOException {
    for (String attribute : new String[] {"unix:gid", "unix:uid"}) {
      Object owner = Files.getAttribute(root, attribute);
      if (!owner.equals(Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS))) {
        Files.setAttribute(file, attribute, owner, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException unreadable) {
      return true;
    }
  }
}
