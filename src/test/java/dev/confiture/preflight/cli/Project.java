package dev.confiture.preflight.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema file and a folder of migrations.
 *
 * @param folder where they are
 */
record Project(Path folder) {

  /** With a schema of one table {@code users (id, nick_name)}. */
  static Project in(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("prod.sql"), "CREATE TABLE public.users (id int, nick_name text);\n");
    Files.createDirectory(folder.resolve("migrations"));
    return new Project(folder);
  }

  Project migration(String name, String text) throws IOException {
    Files.writeString(migrations().resolve(name), text);
    return this;
  }

  /** One of confiture's, with its down file. */
  Project confiture(String title, String text) throws IOException {
    return migration(title + ".up.sql", text).migration(title + ".down.sql", "");
  }

  /** A configuration of confiture's. */
  Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("confiture.yaml"), text);
  }

  Path migrations() {
    return folder.resolve("migrations");
  }

  Path schema() {
    return folder.resolve("prod.sql");
  }

  /** The options that name both, and these. */
  String[] seededBy(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--schema-file", schema().toString()));
    arguments.addAll(List.of(with(more)));
    return arguments.toArray(String[]::new);
  }

  /** The option that names the migrations, and these. */
  String[] with(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--migrations-dir", migrations().toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}
