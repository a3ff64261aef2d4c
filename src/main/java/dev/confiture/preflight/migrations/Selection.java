package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;
import java.util.Set;

/** The way in which it is known which migrations are pending. */
public sealed interface Selection {

  /** Everything that is not applied, where that is known. */
  sealed interface Known extends Selection {

    /** Returns the applied versions. */
    Set<String> applied();

    /** Returns what the ledger tells, where one does: checksums, too. */
    default Optional<LedgerFormat.Applied> recorded() {
      return Optional.empty();
    }
  }

  /** Every version from this one on. */
  record Since(String version) implements Selection {}

  /** Every version that a list of applied ones does not hold. */
  record NotListed(String file, Set<String> applied) implements Known {
    public NotListed {
      applied = Set.copyOf(applied);
    }
  }

  /** Every version that the ledger does not hold. */
  record NotTracked(LedgerFormat.Applied ledger) implements Known {

    @Override
    public Set<String> applied() {
      return ledger.versions();
    }

    @Override
    public Optional<LedgerFormat.Applied> recorded() {
      return Optional.of(ledger);
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
