package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;

/**
 * How the migration role is found.
 *
 * @param runAs the role that the user named
 * @param ledger the table where production's tool keeps what was applied; its owner is the role
 *     that migrates there
 */
public record RoleChoice(Optional<String> runAs, Optional<QualifiedName> ledger) {}
