package dev.confiture.preflight.migrations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A checksum by which tools know whether an applied file was changed. */
public enum Digest {
  MD5("MD5"),
  SHA_1("SHA-1"),
  SHA_256("SHA-256"),
  SHA_384("SHA-384");

  private final String algorithm;

  Digest(String algorithm) {
    this.algorithm = algorithm;
  }

  /** Returns that of a text in UTF-8, in lower-case hexadecimal digits. */
  public String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns that of bytes, the parts one behind the other, in lower-case hexadecimal digits. */
  public String of(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has " + algorithm, impossible);
    }
  }
}
