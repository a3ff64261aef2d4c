package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** A connection that could not be opened, or a query of the engine's own that failed on it. */
public final class SessionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<ServerError> error;

  SessionException(String message, Optional<ServerError> error, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** Returns the server's error, if the server answered at all. */
  public Optional<ServerError> error() {
    return error;
  }

  /** Returns true if the server refused with this SQLSTATE. */
  public boolean is(String sqlState) {
    return error.filter(e -> e.is(sqlState)).isPresent();
  }

  /** Returns the message, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** The server that a connection is for: what can be tried depends on it. */
  public enum Peer {
    /** Production. */
    SOURCE,
    /** The server to rehearse on. */
    SANDBOX,
    /** The database that a tool's configuration names. */
    CONFIGURED
  }

  /** Returns what a user can try when this is the failure of a connection to it. */
  public String connectionHint(Peer peer) {
    if (isCausedBy(UnknownHostException.class)) {
      return switch (peer) {
        case SOURCE ->
            "check the host's name in the URL; one of a private network is known only inside it";
        case SANDBOX -> "check the host's name in --against";
        case CONFIGURED -> "check the host's name in the configuration";
      };
    }
    if (isOfTls()) {
      return tlsHint(peer);
    }
    if (text().contains("no password was provided")) {
      return switch (peer) {
        case SOURCE -> "give the password in the URL of --source, or by PGPASSWORD";
        case SANDBOX -> "give the password in the URL of --against, or by PGPASSWORD";
        case CONFIGURED -> "give the password in the configuration";
      };
    }
    if (text().contains("statement pooling")) {
      return "name the server itself, or a pool that keeps a connection for a transaction";
    }
    return switch (error.map(ServerError::sqlState).orElse("")) {
      case "28P01", "28000" -> "check user and password of the URL, and the server's pg_hba.conf";
      case "3D000" ->
          peer == Peer.SANDBOX
              ? "create the database, or name one that exists"
              : "check the database's name in the URL";
      case "53300" -> "wait until the server has a connection to spare";
      default ->
          "check host and port of the URL, and that the server is up and reachable from here";
    };
  }

  /**
   * Returns true where the two sides could not agree on encryption: the driver's own words are in
   * the language of this machine, but for the abbreviation and the name of a class.
   */
  private boolean isOfTls() {
    return isCausedBy(GeneralSecurityException.class)
        || isCausedBy(SSLException.class)
        || (error.isEmpty() && (text().contains("SSL") || text().contains("HostnameVerifier")));
  }

  private String tlsHint(Peer peer) {
    if (isCausedBy(CertPathBuilderException.class)
        || isCausedBy(CertPathValidatorException.class)
        || text().contains("root certificate")) {
      return "name the file with the certificate authority that signed the server's certificate, "
          + (peer == Peer.SOURCE
              ? "as sslrootcert in the URL of --source"
              : "as sslrootcert in the URL");
    }
    return "check sslmode in the URL, the host's name in the server's certificate, and "
        + (peer == Peer.SOURCE
            ? "the certificate authority, which is sslrootcert in the URL of --source"
            : "the certificate authority, which is sslrootcert in the URL");
  }

  private boolean isCausedBy(Class<? extends Throwable> kind) {
    for (Throwable each = this; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return true;
      }
    }
    return false;
  }
}
