package dev.confiture.preflight.migrations;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The way in which it is known which migrations are pending. */
public sealed interface Selection {

  /** Everything that is not applied, where that is known. */
  sealed interface Known extends Selection {

    /** Returns the applied versions. */
    Set<String> applied();
  }

  /** Every version from this one on. */
  record Since(String version) implements Selection {}

  /** Every version that a list of applied ones does not hold. */
  record NotListed(String file, Set<String> applied) implements Known {
    public NotListed {
      applied = Set.copyOf(applied);
    }

    /**
     * Reads a file with the versions that are applied, one a line; {@code #} starts a comment.
     *
     * @throws UsageProblem if it cannot be read, or a line holds more than a version
     */
    static NotListed read(Path file) {
      Set<String> versions = new LinkedHashSet<>();
      try {
        int number = 0;
        byte[] bytes = InputFile.named(file, InputFile.LIST);
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        for (String line : text.toString().lines().toList()) {
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
      return new NotListed(file.toString(), versions);
    }
  }

  /** Every version that the ledger does not hold. */
  record NotTracked(QualifiedName table, Set<String> applied) implements Known {
    public NotTracked {
      applied = Set.copyOf(applied);
    }
  }

  /** Every version that the ledger of a configuration does not hold. */
  record Configured(String file, QualifiedName table, Set<String> applied) implements Known {
    public Configured {
      applied = Set.copyOf(applied);
    }
  }

  /** Nothing tells what is applied. */
  record Everything() implements Selection {}
}
