package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import java.net.UnknownHostException;

/** What to try when a server could not be connected to. */
public final class ConnectionHint {

  private ConnectionHint() {}

  /** By the server's answer, where there was one. */
  public static String of(SessionException refused) {
    if (isUnknownHost(refused)) {
      return "check the host's name: that of a service container is its label in the workflow";
    }
    if (refused.text().contains("no password was provided")) {
      return "give the password: in the URL, by PGPASSWORD, or in the Action by source_password";
    }
    if (refused.text().contains("statement pooling")) {
      return "name the server itself, or a pool that keeps a connection for a transaction";
    }
    return switch (refused.error().map(ServerError::sqlState).orElse("")) {
      case "28P01", "28000" -> "check user and password of the URL, and the server's pg_hba.conf";
      case "3D000" -> "create the database, or name one that exists";
      case "53300" -> "wait until the server has a connection to spare";
      default ->
          "check host and port of the URL, and that the server is up and reachable from here";
    };
  }

  private static boolean isUnknownHost(Throwable refused) {
    for (Throwable each = refused; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
