package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Plays the server that {@code --against} names, by an embedded one of {@link TestServers}. */
public final class ExternalServer implements AutoCloseable {

  private final Sandbox server;

  private final int logged;

  private ExternalServer(Sandbox server) {
    this.server = server;
    this.logged = wholeLog().size();
  }

  /** One of the newest version. */
  public static ExternalServer start() {
    return start(Servers.newest().folder());
  }

  /** One of these programs: {@link TestServers#binaries}. */
  public static ExternalServer start(Path binaries) {
    return new ExternalServer(TestServers.embedded(binaries));
  }

  /** Makes an empty database, and says how a superuser reaches it. */
  public ConnectionString newDatabase(String name) {
    return newDatabase(name, "template0");
  }

  /** The same with all that another database holds. */
  public ConnectionString newDatabase(String name, String template) {
    run("CREATE DATABASE " + Identifiers.quote(name) + " TEMPLATE " + Identifiers.quote(template));
    return server.administrator().withDatabase(name);
  }

  /** Drops a database, whoever is connected to it. */
  public void drop(String name) {
    run("DROP DATABASE " + Identifiers.quote(name) + " WITH (FORCE)");
  }

  private void run(String sql) {
    try (Session admin = Session.open(server.administrator())) {
      admin.run(sql);
    }
  }

  /** The lines of its log since it is lent. */
  public List<String> log() {
    List<String> lines = wholeLog();
    return lines.subList(logged, lines.size());
  }

  private List<String> wholeLog() {
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
