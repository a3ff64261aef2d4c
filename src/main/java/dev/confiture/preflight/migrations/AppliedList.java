package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.UsageProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** A file with the versions that are applied, one a line; {@code #} starts a comment. */
final class AppliedList {

  private AppliedList() {}

  /**
   * Reads the file.
   *
   * @throws UsageProblem if it cannot be read, or a line holds more than a version
   */
  static Selection read(Path file) {
    Set<String> versions = new LinkedHashSet<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        int comment = line.indexOf('#');
        String version = (comment < 0 ? line : line.substring(0, comment)).replace("\uFEFF", "");
        version = version.strip();
        if (version.chars().anyMatch(Character::isWhitespace)) {
          throw new UsageProblem(
              file + ":" + number + ": not a version: \"" + version + "\"",
              "the file given with --applied-from holds one version a line, such as 0142");
        }
        if (!version.isEmpty()) {
          versions.add(version);
        }
      }
    } catch (CharacterCodingException notText) {
      throw new UsageProblem(
          "the list of applied versions " + file + " is not UTF-8 text",
          "the file given with --applied-from holds one version a line",
          notText);
    } catch (IOException unreadable) {
      throw new UsageProblem(
          "the list of applied versions " + file + " cannot be read",
          "check the path given with --applied-from",
          unreadable);
    }
    return new Selection.NotListed(file.toString(), versions);
  }
}
