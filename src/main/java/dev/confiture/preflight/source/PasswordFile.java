package dev.confiture.preflight.source;

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
  private final Thread atExit;

  private PasswordFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("pgpass");
    this.atExit = new Thread(this::remove, "preflight-password");
  }

  /** Writes it. */
  static PasswordFile write(String password) throws IOException {
    PasswordFile made =
        new PasswordFile(Files.createTempDirectory("preflight-", only("rwx------")));
    Runtime.getRuntime().addShutdownHook(made.atExit);
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
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The hook finds nothing to do.
    }
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
