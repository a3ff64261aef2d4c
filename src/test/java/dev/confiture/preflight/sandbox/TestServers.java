package dev.confiture.preflight.sandbox;

import java.nio.file.Path;
import java.util.List;

/** The server programs that tests outside this package run on. */
public final class TestServers {

  private TestServers() {}

  /** The folders of the oldest and the newest major version. */
  public static List<Path> binaries() {
    return Servers.all().map(ServerBinaries::folder).toList();
  }
}
