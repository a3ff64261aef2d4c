package dev.confiture.preflight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A folder that every user of the machine may write to: what an attack writes there has struck. */
final class TraceFolder implements BeforeEachCallback, AfterEachCallback {

  private Path path = Path.of("");

  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    path = Files.createTempDirectory("struck");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    for (String name : names()) {
      Files.delete(path.resolve(name));
    }
    Files.delete(path);
  }

  /** Returns the names of the files that are there. */
  List<String> names() {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
