package dev.confiture.preflight.source;

import dev.confiture.preflight.process.AtExit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A password in a private folder, gone when closed, and at the latest with this process. */
final class PasswordFile implements AutoCloseable {

  private final Path folder;
  private final Path file;
  private final AtExit atExit;

  private PasswordFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("pgpass");
    this.atExit = AtExit.run(this::remove);
  }

  /** Writes it. */
  static PasswordFile write(String password) throws IOException {
    PasswordFile made =
        new PasswordFile(Files.createTempDirectory("preflight-", only("rwx------")));
    try {
      Files.createFile(made.file, only("rw-------"));
      Files.writeString(made.file, LibpqEnvironment.passwordLine(password), StandardCharsets.UTF_8);
      return made;
    } catch (IOException refused) {
      made.close();
      throw refused;
    }
  }

  private static FileAttribute<Set<java.nio.file.attribute.PosixFilePermission>> only(
      String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  Path path() {
    return file;
  }

  @Override
  public void close() {
    atExit.runNow();
  }

  private void remove() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    } catch (IOException stays) {
      // Nobody else may read it.
    }
  }
}
