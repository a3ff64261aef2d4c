package dev.confiture.preflight.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** SHA-256 of a file's bytes, as confiture records it. */
final class Checksum {

  private Checksum() {}

  /** That of a file; empty where it cannot be read, as a device that never ends. */
  static Optional<String> of(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(sha256(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
