package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;

/**
 * The table of the sandbox in which the tool records what it runs there.
 *
 * @param table its name, with its schema
 * @param written its name as the tool writes it: without a schema, {@code search_path} decides
 */
public record Ledger(QualifiedName table, QualifiedName written) {}
