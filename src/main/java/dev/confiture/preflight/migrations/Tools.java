package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.UsageProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The conventions that there are, in the order in which a folder is tried on them. */
public final class Tools {

  /** Let the folder's files decide. */
  public static final String AUTO = "auto";

  private static final List<Tool> ALL = List.of(new ConfitureTool(), new PlainTool());

  private Tools() {}

  /** The values of the option, {@code auto} first. */
  public static List<String> ids() {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(AUTO), ALL.stream().map(Tool::id))
        .toList();
  }

  /**
   * The tool of a folder.
   *
   * @param id an id, or {@code auto}
   * @param files the folder's files
   * @throws UsageProblem if there is none of that name, or none recognises the files
   */
  static Tool choose(String id, Path folder, List<Path> files) {
    for (Tool tool : ALL) {
      if (id.equals(AUTO) ? tool.recognises(files) : tool.id().equals(id)) {
        return tool;
      }
    }
    if (id.equals(AUTO)) {
      throw noMigrations(folder);
    }
    throw new UsageProblem(
        "there is no tool " + id, "one of " + ids().stream().collect(Collectors.joining(", ")));
  }

  static UsageProblem noMigrations(Path folder) {
    return new UsageProblem(
        "the migrations folder " + folder + " holds no migration file",
        "migrations are named <version>_<name>.up.sql (confiture) or <version>_<name>.sql (plain);"
            + " name the folder with --migrations-dir");
  }
}
