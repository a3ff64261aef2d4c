package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import java.util.Map;

/** A server that the user names. */
public final class GivenServer implements Sandbox {

  private final ConnectionString target;

  private GivenServer(ConnectionString target) {
    this.target = target;
  }

  /** Connects to the server. */
  public static GivenServer connect(ConnectionString url) {
    return new GivenServer(url);
  }

  @Override
  public ServerVersion version() {
    throw notYet();
  }

  @Override
  public String url() {
    return target.redacted();
  }

  @Override
  public String description() {
    throw notYet();
  }

  @Override
  public Session openTemplate() {
    throw notYet();
  }

  @Override
  public boolean restoresAsSuperuser() {
    throw notYet();
  }

  @Override
  public Clone clone(RoleChoice choice, Map<String, String> settings) {
    throw notYet();
  }

  @Override
  public void close() {}

  private static SandboxProblem notYet() {
    return new SandboxProblem("a given server is not supported yet", "");
  }
}
