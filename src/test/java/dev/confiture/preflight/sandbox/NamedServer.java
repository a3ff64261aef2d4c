package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Somebody's server, for {@code --against}, played by one of our own. */
public final class NamedServer implements AutoCloseable {

  private final Sandbox server;

  private NamedServer(Sandbox server) {
    this.server = server;
  }

  /** One of the newest version. */
  public static NamedServer start() {
    return new NamedServer(Sandbox.start(Servers.newest(), System.getenv()));
  }

  /** One of these programs: {@link TestServers#binaries}. */
  public static NamedServer start(Path binaries) {
    return new NamedServer(Sandbox.start(new ServerBinaries(binaries), System.getenv()));
  }

  /** Makes an empty database, and says how a superuser reaches it. */
  public ConnectionString newDatabase(String name) {
    try (Session admin = Session.open(server.administrator())) {
      admin.run("CREATE DATABASE " + Identifiers.quote(name) + " TEMPLATE template0");
    }
    return server.administrator().withDatabase(name);
  }

  /** The lines of its log. */
  public List<String> log() {
    try {
      return Files.readAllLines(server.folder().orElseThrow().resolve("server.log"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Ends it as a crash of the machine would. */
  public void crash() {
    ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
  }

  /** From now on it lets clients connect, and answers none; sessions that are open go on. */
  public void freeze() {
    signal("STOP");
  }

  /** Ends that. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      String pid = String.valueOf(postmaster());
      int code = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + code);
      }
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long postmaster() {
    Path status = server.folder().orElseThrow().resolve("data").resolve("postmaster.pid");
    try {
      return Long.parseLong(Files.readAllLines(status).getFirst());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
