package dev.confiture.preflight.migrations.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checksums of Atlas's {@code atlas.sum}: a first line for all, and one for each file, which is
 * that of all files up to it.
 *
 * @param lines in the order of the files
 */
record AtlasSum(List<Line> lines) {

  static final String FILE = "atlas.sum";

  private static final String PREFIX = "h1:";
  private static final Pattern IGNORED = Pattern.compile("(?d)[ -~]*atlas:sum +ignore");

  AtlasSum {
    lines = List.copyOf(lines);
  }

  /** A file with its checksum. */
  record Line(String name, String hash) {}

  /** Adds up files, one after the other. */
  static final class Sum {
    private final MessageDigest digest = sha256();
    private final List<Line> lines = new ArrayList<>();

    /** Adds a file, and returns its checksum; empty for one that asks to be left out. */
    Optional<String> add(String name, byte[] content) {
      digest.update(bytes(name));
      String text = new String(content, StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      if (IGNORED.matcher(end < 0 ? text : text.substring(0, end)).matches()) {
        return Optional.empty();
      }
      digest.update(content);
      String hash = soFar(digest);
      lines.add(new Line(name, hash));
      return Optional.of(hash);
    }

    AtlasSum end() {
      return new AtlasSum(lines);
    }
  }

  /**
   * Compares the files with what {@code atlas.sum} has of them.
   *
   * @param written the text of that file
   * @return what Atlas says of a difference
   */
  Optional<String> fault(String written) {
    List<String> all = written.lines().toList();
    List<Line> recorded = new ArrayList<>();
    for (String line : all.stream().skip(1).toList()) {
      int hash = line.indexOf(PREFIX);
      if (hash < 0) {
        return Optional.of("checksum file format invalid");
      }
      recorded.add(
          new Line(line.substring(0, hash).strip(), line.substring(hash + PREFIX.length())));
    }
    String first = all.stream().findFirst().orElse("");
    String total = first.startsWith(PREFIX) ? first.substring(PREFIX.length()) : first;
    if (!total.equals(total(recorded))) {
      return Optional.of("checksum mismatch");
    }
    return total.equals(total(lines))
        ? Optional.empty()
        : Optional.of("checksum mismatch (" + difference(recorded) + ")");
  }

  /** Returns the first difference: {@code L2: 1_a.sql was edited}. */
  private String difference(List<Line> recorded) {
    int i = 0;
    while (i < recorded.size() && i < lines.size() && recorded.get(i).equals(lines.get(i))) {
      i++;
    }
    String place = "L" + (i + 2) + ": ";
    if (i == recorded.size()) {
      return place + lines.get(i).name() + " was added";
    }
    String name = recorded.get(i).name();
    if (i == lines.size() || lines.stream().noneMatch(line -> line.name().equals(name))) {
      return place + name + " was removed";
    }
    String here = lines.get(i).name();
    return place + (here.equals(name) ? name + " was edited" : here + " was added");
  }

  /** Returns the checksum of the first line. */
  static String total(List<Line> lines) {
    MessageDigest digest = sha256();
    for (Line line : lines) {
      digest.update(bytes(line.name()));
      digest.update(bytes(line.hash()));
    }
    return soFar(digest);
  }

  /** Returns the checksums of statements, each that of all up to it. */
  static List<String> ofStatements(List<String> statements) {
    MessageDigest digest = sha256();
    List<String> sums = new ArrayList<>();
    for (String statement : statements) {
      digest.update(bytes(statement));
      sums.add(PREFIX + soFar(digest));
    }
    return sums;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String soFar(MessageDigest digest) {
    try {
      MessageDigest copy = (MessageDigest) digest.clone();
      return Base64.getEncoder().encodeToString(copy.digest());
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("every JDK's SHA-256 can be copied", impossible);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
