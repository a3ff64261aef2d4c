package dev.confiture.preflight.sandbox;

import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The servers that the tests of this package run on: the oldest and the newest major version. */
final class Servers {

  private Servers() {}

  /** The newest, from the class path. */
  static ServerBinaries newest() {
    return Archive.onClassPath()
        .map(archive -> new ServerBinaries(archive.unpacked(System.getenv()).resolve("bin")))
        .orElseGet(
            () -> ServerBinaries.find(Optional.empty(), OptionalInt.empty(), System.getenv()));
  }

  /** Version 13, where the build has put it. */
  static Optional<ServerBinaries> oldest() {
    return Optional.ofNullable(System.getProperty("preflight.test.postgres13"))
        .map(Path::of)
        .filter(Files::isReadable)
        .map(Servers::in);
  }

  /** Those of the machine's packages, where they are of this version. */
  static Optional<ServerBinaries> ofMajor(int major) {
    ServerBinaries found =
        ServerBinaries.find(Optional.empty(), OptionalInt.of(major), System.getenv());
    return Optional.of(found)
        .filter(binaries -> binaries.folder().endsWith(Path.of(String.valueOf(major), "bin")));
  }

  static Stream<ServerBinaries> all() {
    return Stream.concat(oldest().stream(), Stream.of(newest()));
  }

  private static ServerBinaries in(Path jar) {
    try {
      return ServerBinaries.unpacked(
          URI.create("jar:" + jar.toUri() + "!/postgres-linux-x86_64.txz").toURL(),
          System.getenv());
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }
}
