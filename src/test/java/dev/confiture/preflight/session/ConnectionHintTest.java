package dev.confiture.preflight.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.SessionException.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told to try when a connection fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectionHintTest {

  private static final String AUTHORITY =
      "name the file with the certificate authority that signed the server's certificate, as"
          + " sslrootcert in the URL";

  private final ExternalServer server = ExternalServer.start();
  private final ConnectionString shop = server.newDatabase("shop");

  @AfterAll
  void stop() {
    // Others are lent the same server after this.
    try (Session session = Session.open(shop)) {
      session.run("ALTER SYSTEM RESET ssl");
      session.run("SELECT pg_reload_conf()");
    }
    server.close();
  }

  @Test
  void aDatabaseThatIsNotThereIsToBeMadeOnAServerToRehearseOnAlone() {
    SessionException refused = refused(shop.withDatabase("nowhere"));
    assertEquals(
        "create the database, or name one that exists", refused.connectionHint(Peer.SANDBOX));
    assertEquals("check the database's name in the URL", refused.connectionHint(Peer.SOURCE));
    assertEquals("check the database's name in the URL", refused.connectionHint(Peer.CONFIGURED));
  }

  @Test
  void aMissingPasswordIsToBeGivenWhereTheUrlIs() {
    Map<String, String> parameters = new LinkedHashMap<>(shop.parameters());
    parameters.remove("password");
    SessionException refused = refused(new ConnectionString(parameters, true));
    assertEquals(
        "give the password in the URL of --source, or by PGPASSWORD",
        refused.connectionHint(Peer.SOURCE));
    assertEquals(
        "give the password in the URL of --against, or by PGPASSWORD",
        refused.connectionHint(Peer.SANDBOX));
  }

  @Test
  void encryptionIsNotTheHostAndThePort(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    assertEquals(
        "check sslmode in the URL, the host's name in the server's certificate, and the certificate"
            + " authority, which is sslrootcert in the URL of --source",
        refused(with("sslmode", "require")).connectionHint(Peer.SOURCE));
    Path certificate = encrypt(folder, "elsewhere.example");
    Session.open(with("sslmode", "require")).close();
    assertEquals(
        AUTHORITY + " of --source",
        refused(with("sslmode", "verify-ca", "sslrootcert", "/nowhere/ca.pem"))
            .connectionHint(Peer.SOURCE));
    Path other = certificate(folder, "other.example");
    assertEquals(
        AUTHORITY,
        refused(with("sslmode", "verify-ca", "sslrootcert", other.toString()))
            .connectionHint(Peer.SANDBOX));
    assertEquals(
        "check sslmode in the URL, the host's name in the server's certificate, and the certificate"
            + " authority, which is sslrootcert in the URL",
        refused(with("sslmode", "verify-full", "sslrootcert", certificate.toString()))
            .connectionHint(Peer.SANDBOX));
  }

  /** Has the server encrypt, with a certificate that it signed itself. */
  private Path encrypt(Path folder, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path certificate = certificate(folder, host);
    try (Session session = Session.open(shop)) {
      KeyStore store =
          KeyStore.getInstance(folder.resolve(host).toFile(), "password".toCharArray());
      write(
          session,
          "server.key",
          "PRIVATE KEY",
          store.getKey("own", "password".toCharArray()).getEncoded());
      write(session, "server.crt", "CERTIFICATE", store.getCertificate("own").getEncoded());
      session.run("ALTER SYSTEM SET ssl = on");
      session.run("SELECT pg_reload_conf()");
    }
    return certificate;
  }

  private static void write(Session session, String name, String what, byte[] content) {
    String text =
        Base64.getEncoder().encodeToString(pem(what, content).getBytes(StandardCharsets.US_ASCII));
    session.run("COPY (SELECT '" + text + "') TO PROGRAM 'umask 077; base64 -d >" + name + "'");
  }

  private static Path certificate(Path folder, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(host);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-keystore",
                store.toString(),
                "-storepass",
                "password")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore made = KeyStore.getInstance(store.toFile(), "password".toCharArray());
    return Files.writeString(
        folder.resolve(host + ".crt"), pem("CERTIFICATE", made.getCertificate("own").getEncoded()));
  }

  private static String pem(String what, byte[] content) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private ConnectionString with(String... pairs) {
    Map<String, String> parameters = new LinkedHashMap<>(shop.parameters());
    List<String> words = List.of(pairs);
    for (int i = 0; i < words.size(); i += 2) {
      parameters.put(words.get(i), words.get(i + 1));
    }
    return new ConnectionString(parameters, true);
  }

  private static SessionException refused(ConnectionString url) {
    return assertThrows(SessionException.class, () -> Session.open(url));
  }
}
