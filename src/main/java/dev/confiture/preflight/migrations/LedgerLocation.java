package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.QualifiedName;
import java.nio.file.Path;

/**
 * The ledger that a tool's configuration names.
 *
 * @param file the configuration, as the user would write it
 * @param database the database that holds the ledger
 * @param table its name as it is configured, without a schema where none is written
 * @param format how its rows are read
 */
public record LedgerLocation(
    Path file, ConnectionString database, QualifiedName table, LedgerFormat format) {}
