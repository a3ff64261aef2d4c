package dev.confiture.preflight.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confiture.preflight.migrations.CheckedMigration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.StaticCheck;

/** The static half as JSON: confiture's nine keys first, and its seven of each migration. */
final class JsonStatic {

  private JsonStatic() {}

  static ObjectNode of(StaticCheck check) {
    ObjectNode node = Json.object();
    node.put("safe_to_deploy", check.safeToDeploy());
    node.put("all_reversible", check.allReversible());
    node.put("all_transactional", check.allTransactional());
    node.put("has_duplicates", check.hasDuplicates());
    node.put("has_checksum_mismatches", check.hasChecksumMismatches());
    node.put("checksum_verified", check.checksumVerified());
    ArrayNode migrations = node.putArray("migrations");
    check.migrations().forEach(migration -> migrations.add(migration(migration)));
    ObjectNode duplicates = node.putObject("duplicate_versions");
    check
        .duplicateVersions()
        .forEach((version, files) -> duplicates.set(version, Json.texts(files)));
    node.set("checksum_mismatches", Json.texts(check.checksumMismatches()));

    node.put("convention", check.tool());
    node.set("ignored", Json.texts(check.ignored()));
    node.set("notes", Json.texts(check.notes()));
    return node;
  }

  private static ObjectNode migration(CheckedMigration migration) {
    MigrationFile file = migration.file();
    ObjectNode node = Json.object();
    node.put("version", file.version());
    node.put("name", JsonMigration.name(file));
    node.put("has_down", migration.hasDown());
    node.put("reversible", migration.reversible());
    node.put("fully_transactional", migration.fullyTransactional());
    node.set("non_transactional_statements", Json.texts(migration.nonTransactionalStatements()));
    node.set("checksum", Json.text(migration.checksum()));

    node.put("file", file.path().toString());
    node.set("load_error", Json.text(migration.loadError()));
    return node;
  }
}
