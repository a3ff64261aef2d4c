package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Runs a server of our own in a private folder, with a guardian that removes both with us.
 *
 * <p>The guardian is a shell in a session of its own that reads a pipe from this process. At the
 * end of that pipe, which even SIGKILL brings about, it stops the server and removes the folder.
 */
final class ServerProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int TRIES = 4;

  private final Process guardian;
  private final OsUser user;
  private final Path folder;
  private final int port;
  private final Credentials administrator;
  private Optional<ProcessHandle> server = Optional.empty();

  private ServerProcess(
      Process guardian, OsUser user, Path folder, int port, Credentials administrator) {
    this.guardian = guardian;
    this.user = user;
    this.folder = folder;
    this.port = port;
    this.administrator = administrator;
  }

  /**
   * Starts a server; returns when it takes connections.
   *
   * @param environment tells where clusters are kept that runs copy
   * @param logged true if it writes a {@link ServerLog}
   * @throws SandboxProblem if it does not start, with the end of its log
   */
  static ServerProcess start(
      ServerBinaries binaries, Map<String, String> environment, boolean logged) {
    return start(
        binaries,
        OsUser.ofRun(),
        Folders.parentForClusters(),
        InitialisedCluster.find(binaries, OsUser.account(), environment),
        logged);
  }

  /** Starts a server that logs no statements in a new folder below another one. */
  static ServerProcess start(
      ServerBinaries binaries, OsUser user, Path parent, Optional<Path> cluster) {
    return start(binaries, user, parent, cluster, false);
  }

  /**
   * Starts a server in a new folder below another one.
   *
   * @param cluster what is copied; empty where initdb runs for this server alone
   */
  private static ServerProcess start(
      ServerBinaries binaries, OsUser user, Path parent, Optional<Path> cluster, boolean logged) {
    for (int tried = 1; ; tried++) {
      ServerProcess started = launch(binaries, user, parent, cluster, logged);
      Optional<String> failure = started.awaitReady();
      if (failure.isEmpty()) {
        return started;
      }
      started.close();
      // Between our choice of a port and the server's start another process may have taken it.
      if (tried == TRIES || !failure.get().contains("could not create any TCP/IP sockets")) {
        throw new SandboxProblem(
            "starting the embedded server from "
                + binaries.folder()
                + " as the user "
                + user.name()
                + " failed; the end of its log:\n"
                + failure.get(),
            "name a server to rehearse on with --against URL, or see that the user "
                + user.name()
                + " may run these programs and write to "
                + parent);
      }
    }
  }

  private static ServerProcess launch(
      ServerBinaries binaries, OsUser user, Path parent, Optional<Path> cluster, boolean logged) {
    Credentials administrator = Credentials.random("preflight_");
    Path folder;
    try {
      folder = Folders.makePrivate(parent);
    } catch (IOException | UnsupportedOperationException refused) {
      throw cannotStart(parent, refused);
    }
    try {
      int port = freePort();
      write(folder.resolve("settings"), settings(port, logged));
      write(folder.resolve("start.sql"), startSql(administrator));
      OsUser maker = OsUser.account();
      List<String> command = new ArrayList<>();
      if (user.ourselves()) {
        command.addAll(user.prefix());
      } else {
        // The folder stays root's: what runs in the server reaches the cluster in it, no more.
        Folders.open(folder);
        command.addAll(OsUser.inSessionOfItsOwn());
      }
      command.addAll(
          List.of(
              "/bin/sh",
              "-c",
              resource("guardian.sh"),
              "preflight-guardian",
              folder.toString(),
              binaries.folder().toString(),
              cluster.map(Path::toString).orElse(""),
              maker.numbers(),
              user.numbers(),
              user.isOfRun() ? String.valueOf(user.uid()) : ""));
      Process guardian = Programs.start(command, Path.of("/"));
      return new ServerProcess(guardian, user, folder, port, administrator);
    } catch (IOException refused) {
      Folders.remove(folder);
      throw cannotStart(folder, refused);
    } catch (SandboxProblem refused) {
      Folders.remove(folder);
      throw refused;
    }
  }

  /** Lines for the end of the cluster's postgresql.conf, where the last word counts. */
  private static String settings(int port, boolean logged) throws IOException {
    return "\n"
        + resource("postgresql.conf")
        + "port = "
        + port
        + "\n"
        + (logged ? resource("logging.conf") : "");
  }

  /**
   * Writes what is done before the server listens, a line a statement: the superuser of initdb,
   * whom every copy of a cluster has, gets a random name and no password, and nobody logs in as
   * him; a second one is made that only this process knows. (ALTER ROLE does not rename the
   * session's own.)
   */
  private static String startSql(Credentials administrator) {
    return "UPDATE pg_authid SET rolname = "
        + Identifiers.literal(Credentials.random("preflight_").user())
        + ", rolpassword = NULL WHERE oid = 10;\nCREATE ROLE "
        + Identifiers.quote(administrator.user())
        + " SUPERUSER LOGIN PASSWORD "
        + Identifiers.literal(administrator.verifier())
        + ";\n";
  }

  /** Returns how the superuser that this process knows connects. */
  ConnectionString administrator() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", "127.0.0.1");
    parameters.put("port", String.valueOf(port));
    parameters.put("user", administrator.user());
    parameters.put("password", administrator.password());
    parameters.put("dbname", "postgres");
    // On loopback neither is offered, and asking costs a round trip a session.
    parameters.put("sslmode", "disable");
    parameters.put("gssencmode", "disable");
    return new ConnectionString(parameters, true);
  }

  /** Returns the private folder. */
  Path folder() {
    return folder;
  }

  /** Stops the server and removes the folder; returns what is left of them. */
  List<String> end() {
    close();
    return left();
  }

  /** Stops the server and removes the folder. */
  @Override
  public void close() {
    try {
      guardian.getOutputStream().close();
    } catch (IOException gone) {
      // Then the guardian has seen the end of the pipe already.
    }
    boolean interrupted = false;
    try {
      if (!guardian.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        guardian.descendants().forEach(ProcessHandle::destroyForcibly);
        guardian.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      interrupted = true;
    }
    if (!left().isEmpty() && !interrupted) {
      // The guardian itself was killed: where we are not root, by what ran in the server perhaps.
      server.ifPresent(ProcessHandle::destroyForcibly);
      user.endAll();
      Folders.remove(folder);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks up what is left of the server and its folder. */
  List<String> left() {
    List<String> left = new ArrayList<>();
    server
        .filter(ProcessHandle::isAlive)
        .filter(ServerProcess::isRunning)
        .ifPresent(running -> left.add("the embedded server runs on as process " + running.pid()));
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      left.add("the embedded server's folder " + folder + " stays");
    }
    return left;
  }

  /** Returns true for a process that has ended, and that nobody has asked for its status yet. */
  private static boolean isDead(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"))
          .contains("\nState:\tZ");
    } catch (IOException gone) {
      return true;
    }
  }

  /** Returns true for a process that is there: one that was killed is soon not. */
  private static boolean isRunning(ProcessHandle process) {
    try {
      process.onExit().get(1, TimeUnit.SECONDS);
      return false;
    } catch (TimeoutException running) {
      return process.isAlive() && !isDead(process);
    } catch (ExecutionException unknowable) {
      return process.isAlive();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return process.isAlive();
    }
  }

  /**
   * Waits for the status line of {@code postmaster.pid}; on failure, returns the end of the log.
   */
  private Optional<String> awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    Path status = folder.resolve("data").resolve("postmaster.pid");
    while (System.nanoTime() < deadline) {
      if (isReady(status)) {
        server = serverOf(status);
        return Optional.empty();
      }
      if (Files.exists(folder.resolve("ended")) || !guardian.isAlive()) {
        return Optional.of(logTail());
      }
      try {
        Thread.sleep(3);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.of("the start was interrupted");
      }
    }
    return Optional.of(logTail() + "\n(not ready within " + START_LIMIT.toSeconds() + " seconds)");
  }

  /** Returns the server's process; asked before anything that is not trusted runs in it. */
  private static Optional<ProcessHandle> serverOf(Path status) {
    try (Stream<String> lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
      return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
    } catch (IOException | UncheckedIOException | NumberFormatException gone) {
      return Optional.empty();
    }
  }

  private static boolean isReady(Path status) {
    try {
      List<String> lines = Files.readAllLines(status, StandardCharsets.ISO_8859_1);
      return lines.size() >= 8 && lines.get(7).startsWith("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns the end of the log; where there is none, what was said instead of writing one. */
  private String logTail() {
    try (InputStream log =
        Files.newInputStream(folder.resolve("server.log"), LinkOption.NOFOLLOW_LINKS)) {
      return tail(log);
    } catch (IOException unreadable) {
      try {
        return tail(guardian.getInputStream());
      } catch (IOException silent) {
        return "(no log)";
      }
    }
  }

  private static String tail(InputStream log) throws IOException {
    List<String> lines =
        new String(log.readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Reads a text that is beside this class. */
  static String resource(String name) throws IOException {
    try (InputStream resource = ServerProcess.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException("the resource " + name + " is missing");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static SandboxProblem cannotStart(Path folder, Exception refused) {
    return new SandboxProblem(
        "starting the embedded server in " + folder + ": " + refused,
        "name a server to rehearse on with --against URL",
        refused);
  }
}
