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

  /** The server's default, which every client takes. */
  static final int ITERATIONS = 4096;

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
   * @param iterations they slow down guessing a password of people; this one cannot be guessed, so
   *     on a server that asks for the password itself one is enough
   */
  String verifier(int iterations) {
    try {
      byte[] salt = new byte[16];
      RANDOM.nextBytes(salt);
      byte[] salted = salted(salt, iterations);
      byte[] clientKey = mac(salted).doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      byte[] serverKey = mac(salted).doFinal("Server Key".getBytes(StandardCharsets.US_ASCII));
      Base64.Encoder base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$"
          + iterations
          + ":"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(storedKey)
          + ":"
          + base64.encodeToString(serverKey);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has SHA-256", missing);
    }
  }

  /** Hi of RFC 5802: U1 = HMAC(password, salt || INT(1)), each further one of the one before. */
  private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
    Mac mac = mac(password.getBytes(StandardCharsets.UTF_8));
    mac.update(salt);
    byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
    byte[] all = last.clone();
    for (int i = 1; i < iterations; i++) {
      last = mac.doFinal(last);
      for (int at = 0; at < all.length; at++) {
        all[at] ^= last[at];
      }
    }
    return all;
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
