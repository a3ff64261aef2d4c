package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Map;
import java.util.Set;

/**
 * The applied migrations, as a ledger has them.
 *
 * @param table the ledger's name, with its schema
 * @param versions the applied versions
 * @param checksums the checksums of the files as they were applied, by version, where it holds them
 */
public record Applied(QualifiedName table, Set<String> versions, Map<String, String> checksums) {

  public Applied {
    versions = Set.copyOf(versions);
    checksums = Map.copyOf(checksums);
  }
}
