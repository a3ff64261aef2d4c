package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.sql.Position;

/**
 * An object that the sandbox lacks.
 *
 * @param position where the schema file would have made it
 */
public record LostObject(DatabaseObject object, Position position) {}
