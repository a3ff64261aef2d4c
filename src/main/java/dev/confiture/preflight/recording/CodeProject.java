package dev.confiture.preflight.recording;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A project whose migrations are code, as its files tell it. */
public final class CodeProject {

  /** A revision that merges several has them in parentheses. */
  private static final Pattern BEFORE =
      Pattern.compile(
          "(?m)^down_revision\\s*(?::[^=]*)?=\\s*(\\([^)]*\\)|\\[[^\\]]*\\]|['\"]\\w+['\"])");

  private static final Pattern NAME = Pattern.compile("['\"](\\w+)['\"]");

  private static final Set<String> LIBRARIES =
      Set.of("site-packages", "dist-packages", "node_modules", "vendor");

  private CodeProject() {}

  /**
   * Reads the migrations of a project: which there are, and nothing of what they do.
   *
   * @param folder the project's, or a folder inside it
   * @param framework the framework that the user names; empty: the files decide
   * @throws UsageProblem if there are none, or the framework is not told
   */
  public static MigrationFolder read(Path folder, Optional<String> framework) {
    FolderFiles files = FolderFiles.list(folder);
    Framework known = Framework.of(files, framework);
    Map<String, Migration> found = new LinkedHashMap<>();
    Map<String, List<String>> before = new HashMap<>();
    for (Path path : files.below()) {
      Optional<String> key = isOfLibrary(path) ? Optional.empty() : known.keyOf(files, path);
      if (key.isPresent()) {
        SourceText text = files.read(path).text().orElseGet(() -> SourceText.of(""));
        MigrationFile file =
            new MigrationFile(key.get(), known.nameOf(path, key.get()), path.normalize());
        found.put(
            key.get(),
            new Migration(file, new MigrationText.Sql(text, Script.of(SourceText.of("")))));
        Matcher earlier = BEFORE.matcher(text.text());
        if (known == Framework.ALEMBIC && earlier.find()) {
          before.put(
              key.get(),
              NAME.matcher(earlier.group(1)).results().map(each -> each.group(1)).toList());
        }
      }
    }
    if (found.isEmpty()) {
      throw new UsageProblem(
          "no migration of " + known.title() + " is found in " + folder,
          "name the project's folder with --migrations-dir");
    }
    List<String> order = order(found, before);
    return new MigrationFolder(
        new RecordedTool(known, before, Execution.Scope.FILE, Map.of()),
        framework.isPresent() ? "as named" : "by the project's files",
        order.stream().map(found::get).toList(),
        Comparator.comparingInt((String version) -> position(order, version))
            .thenComparing(Comparator.naturalOrder()),
        false,
        List.of());
  }

  /** Returns true for a file of a library that lies inside the project. */
  private static boolean isOfLibrary(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .anyMatch(LIBRARIES::contains);
  }

  /** A version without a file comes last. */
  private static int position(List<String> order, String version) {
    int at = order.indexOf(version);
    return at < 0 ? order.size() : at;
  }

  /** Returns the versions in the order in which they follow one another. */
  private static List<String> order(
      Map<String, Migration> found, Map<String, List<String>> before) {
    List<String> order = new ArrayList<>();
    for (String version : found.keySet()) {
      Deque<String> open = new ArrayDeque<>(List.of(version));
      Set<String> waiting = new HashSet<>();
      while (!open.isEmpty()) {
        String next = open.element();
        List<String> earlier =
            before.getOrDefault(next, List.of()).stream()
                .filter(each -> !order.contains(each) && !waiting.contains(each))
                .toList();
        if (waiting.add(next) && !earlier.isEmpty()) {
          earlier.forEach(open::push);
        } else {
          open.pop();
          if (!order.contains(next)) {
            order.add(next);
          }
        }
      }
    }
    order.retainAll(found.keySet());
    return order;
  }
}
