package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What widely used extensions bring, for a sandbox that lacks one. */
final class ExtensionObjects {

  private ExtensionObjects() {}

  /** The extension that a statement creates. */
  static Optional<String> createdBy(Statement statement) {
    if (!statement.startsWith("create", "extension")) {
      return Optional.empty();
    }
    int at = statement.is(2, "if") ? 5 : 2;
    return at < statement.tokens().size()
        ? Optional.of(statement.tokens().get(at).identifier())
        : Optional.empty();
  }

  /** The extension itself, and its best known types and functions. */
  static List<DatabaseObject> of(String extension) {
    List<DatabaseObject> objects = new ArrayList<>();
    objects.add(DatabaseObject.of(ObjectKind.EXTENSION, QualifiedName.of(extension)));
    for (String type : types(extension)) {
      objects.add(DatabaseObject.of(ObjectKind.TYPE, QualifiedName.of(type)));
    }
    for (String function : functions(extension)) {
      objects.add(DatabaseObject.of(ObjectKind.FUNCTION, QualifiedName.of(function)));
    }
    for (String prefix : functionPrefixes(extension)) {
      objects.add(
          DatabaseObject.of(ObjectKind.FUNCTION, QualifiedName.of(prefix + LostObject.ANY_MORE)));
    }
    return objects;
  }

  private static List<String> functionPrefixes(String extension) {
    return switch (extension) {
      case "postgis" -> List.of("st_", "postgis_");
      case "postgis_topology" -> List.of("topo");
      case "h3" -> List.of("h3_");
      default -> List.of();
    };
  }

  private static List<String> types(String extension) {
    return switch (extension) {
      case "postgis" -> List.of("geometry", "geography", "box2d", "box3d");
      case "postgis_raster" -> List.of("raster");
      case "vector" -> List.of("vector", "halfvec", "sparsevec");
      case "citext", "hstore", "cube", "isn", "seg" -> List.of(extension);
      case "ltree" -> List.of("ltree", "lquery", "ltxtquery");
      default -> List.of();
    };
  }

  private static List<String> functions(String extension) {
    return switch (extension) {
      case "uuid-ossp" ->
          List.of("uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuid_generate_v5");
      case "pgcrypto" ->
          List.of("digest", "hmac", "crypt", "gen_salt", "gen_random_bytes", "pgp_sym_encrypt");
      case "pg_trgm" -> List.of("similarity", "word_similarity", "show_trgm");
      case "unaccent" -> List.of("unaccent");
      case "timescaledb" -> List.of("create_hypertable", "time_bucket", "add_retention_policy");
      default -> List.of();
    };
  }
}
