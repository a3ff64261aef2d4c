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
 * A role that logs in and its random password of 128 bits.
 *
 * @param user the role
 * @param password the password, letters and digits only
 */
record Credentials(String user, String password) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes a role's name of this prefix and random digits, and a password. */
  static Credentials random(String prefix) {
    return of(prefix + hex(6));
  }

  /** Makes a password for a role that has a name already. */
  static Credentials of(String user) {
    return new Credentials(user, hex(16));
  }

  /** Returns so many random bytes, as digits. */
  static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * Computes the SCRAM-SHA-256 verifier that a server stores: the password itself would appear in
   * the server's log of statements
   * (https://www.postgresql.org/docs/current/catalog-pg-authid.html).
   *
   * <p>Of one iteration: more of them slow down who guesses a password, and 128 random bits are not
   * to be guessed. Every login pays for them.
   */
  String verifier() {
    try {
      byte[] salt = new byte[16];
      RANDOM.nextBytes(salt);
      byte[] salted = salted(salt);
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

  /** Hi of RFC 5802 with one iteration: HMAC(password, salt || INT(1)). */
  private byte[] salted(byte[] salt) throws GeneralSecurityException {
    Mac mac = mac(password.getBytes(StandardCharsets.UTF_8));
    mac.update(salt);
    return mac.doFinal(new byte[] {0, 0, 0, 1});
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
  }

  /** Returns the name alone: a record's own text would show the password. */
  @Override
  public String toString() {
    return user;
  }
}
