package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import java.util.Optional;

/**
 * Room and memory that a server can run out of (manual, Appendix A, class 53): production's has
 * other limits. The lock table is not among them, which has production's size here.
 */
final class SandboxResources {

  private SandboxResources() {}

  /** The reason, as a sentence. */
  static Optional<String> exhaustedBy(ServerError error) {
    return Optional.of(
            switch (error.sqlState()) {
              case SqlState.DISK_FULL -> "the disk of this sandbox is full";
              case SqlState.OUT_OF_MEMORY ->
                  error.message().contains("shared memory")
                      ? ""
                      : "a session may not take more memory in this sandbox";
              case SqlState.CONFIGURATION_LIMIT_EXCEEDED ->
                  error.message().contains("temp_file_limit")
                      ? "a session may not write larger temporary files in this sandbox"
                      : "";
              default -> "";
            })
        .filter(reason -> !reason.isEmpty())
        .map(reason -> reason + ", and production's server has limits of its own");
  }
}
