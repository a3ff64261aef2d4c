package dev.confiture.preflight.findings;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.sql.Position;

/**
 * The first cause of a blocked migration.
 *
 * @param file the migration whose statement took no effect
 * @param position where that statement names the object
 * @param object what is not as expected
 * @param removal whether the statement would have removed the object rather than made it
 */
public record BlockedBy(
    MigrationFile file, Position position, DatabaseObject object, boolean removal) {}
