package dev.confiture.preflight.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of the system's packages, for the length of the benchmark. */
final class BenchServer implements AutoCloseable {

  private final Path binaries;
  private final Path folder;
  private final int port;

  private BenchServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  static BenchServer start() throws IOException, InterruptedException {
    Path binaries;
    try (Stream<Path> majors = Files.list(Path.of("/usr/lib/postgresql"))) {
      binaries = majors.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
    }
    Path shm = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(shm)
            ? Files.createTempDirectory(shm, "bench")
            : Files.createTempDirectory("bench");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    if (isRoot()) {
      Run.checked(List.of("chown", "postgres", folder.toString()));
    }
    BenchServer server = new BenchServer(binaries, folder, port);
    server.program("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--locale=C");
    server.program(
        "pg_ctl",
        "-l",
        folder.resolve("log").toString(),
        "-w",
        "-o",
        "-p "
            + port
            + " -h 127.0.0.1 -k '' -c fsync=off -c synchronous_commit=off"
            + " -c full_page_writes=off -c autovacuum=off -c dynamic_shared_memory_type=mmap",
        "start");
    return server;
  }

  String url(String database) {
    return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
  }

  /** Returns psql's own path: Debian's on the PATH is a wrapper that costs as much again. */
  String psql() {
    return binaries.resolve("psql").toString();
  }

  private void program(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.addAll(
        List.of(binaries.resolve(name).toString(), "-D", folder.resolve("data").toString()));
    command.addAll(List.of(arguments));
    Run.checked(command);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  @Override
  public void close() throws IOException {
    try {
      program("pg_ctl", "-m", "immediate", "stop");
      Run.checked(List.of("rm", "-rf", folder.toString()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
