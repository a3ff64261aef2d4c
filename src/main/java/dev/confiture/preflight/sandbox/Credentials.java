package dev.confiture.preflight.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A role of ours and its random password of 128 bits.
 *
 * @param user the role
 * @param password the password, letters and digits only
 */
record Credentials(String user, String password) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** With a random name after this prefix. */
  static Credentials random(String prefix) {
    return of(prefix + hex(6));
  }

  /** For a role that has a name already. */
  static Credentials of(String user) {
    return new Credentials(user, hex(16));
  }

  /** So many random bytes. */
  static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * The password as a server stores it (manual, 52.8): a SCRAM verifier of one iteration.
   *
   * <p>Iterations slow down guessing a password of people; this one cannot be guessed, and every
   * session would pay for them.
   */
  String verifier() {
    try {
      byte[] salt = new byte[16];
      RANDOM.nextBytes(salt);
      Mac mac = mac(password.getBytes(StandardCharsets.UTF_8));
      mac.update(salt);
      // The one iteration: U1 = HMAC(password, salt || INT(1)), RFC 5802, 2.2.
      byte[] salted = mac.doFinal(new byte[] {0, 0, 0, 1});
      byte[] clientKey = mac(salted).doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      byte[] serverKey = mac(salted).doFinal("Server Key".getBytes(StandardCharsets.US_ASCII));
      Base64.Encoder base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$1:"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(storedKey)
          + ":"
          + base64.encodeToString(serverKey);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has SHA-256", missing);
    }
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
  }

  /** The name alone: a record's own would show the password. */
  @Override
  public String toString() {
    return user;
  }
}
