package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** What widely used extensions bring, for a sandbox that lacks one. */
public final class ExtensionObjects {

  private ExtensionObjects() {}

  /** The extension itself, and its best known objects. */
  public static List<DatabaseObject> of(String extension) {
    List<DatabaseObject> objects = new ArrayList<>();
    add(objects, ObjectKind.EXTENSION, List.of(extension));
    add(objects, ObjectKind.TYPE, types(extension));
    add(objects, ObjectKind.FUNCTION, functions(extension));
    for (String prefix : functionPrefixes(extension)) {
      add(objects, ObjectKind.FUNCTION, List.of(prefix + LostObject.ANY_MORE));
    }
    add(objects, ObjectKind.RELATION, relations(extension));
    add(objects, ObjectKind.SCHEMA, schemas(extension));
    add(objects, ObjectKind.OPERATOR_CLASS, operatorClasses(extension));
    add(objects, ObjectKind.OTHER, accessMethods(extension));
    return objects;
  }

  private static void add(List<DatabaseObject> objects, ObjectKind kind, List<String> names) {
    names.forEach(name -> objects.add(DatabaseObject.of(kind, QualifiedName.of(name))));
  }

  private static List<String> types(String extension) {
    return switch (extension) {
      case "postgis" -> List.of("geometry", "geography", "box2d", "box3d");
      case "postgis_raster" -> List.of("raster");
      case "postgis_topology" -> List.of("topogeometry");
      case "h3" -> List.of("h3index");
      case "vector" -> List.of("vector", "halfvec", "sparsevec");
      case "citext", "hstore", "cube", "seg" -> List.of(extension);
      case "isn" -> List.of("ean13", "isbn", "isbn13", "ismn", "issn", "upc");
      case "ltree" -> List.of("ltree", "lquery", "ltxtquery");
      case "earthdistance" -> List.of("earth");
      default -> List.of();
    };
  }

  private static List<String> functions(String extension) {
    return switch (extension) {
      case "postgis" ->
          List.of("addgeometrycolumn", "dropgeometrycolumn", "updategeometrysrid", "find_srid");
      case "pg_trgm" -> List.of("similarity", "word_similarity", "show_trgm");
      case "pgcrypto" -> List.of("digest", "hmac", "crypt", "gen_salt", "gen_random_bytes");
      case "unaccent" -> List.of("unaccent");
      case "timescaledb" ->
          List.of(
              "create_hypertable",
              "time_bucket",
              "add_retention_policy",
              "add_compression_policy",
              "add_continuous_aggregate_policy");
      case "pg_partman" -> List.of("create_parent", "run_maintenance", "run_maintenance_proc");
      case "earthdistance" -> List.of("ll_to_earth", "earth_distance", "earth_box");
      case "fuzzystrmatch" -> List.of("levenshtein", "soundex", "metaphone", "dmetaphone");
      default -> List.of();
    };
  }

  private static List<String> functionPrefixes(String extension) {
    return switch (extension) {
      case "postgis" -> List.of("st_", "postgis_");
      case "postgis_topology" -> List.of("topo");
      case "h3" -> List.of("h3_");
      case "uuid-ossp" -> List.of("uuid_generate_", "uuid_ns_");
      case "pgcrypto" -> List.of("pgp_");
      case "tablefunc" -> List.of("crosstab", "normal_rand", "connectby");
      case "dblink" -> List.of("dblink");
      default -> List.of();
    };
  }

  private static List<String> relations(String extension) {
    return switch (extension) {
      case "postgis" -> List.of("spatial_ref_sys", "geometry_columns", "geography_columns");
      case "pg_stat_statements" -> List.of("pg_stat_statements");
      case "pg_partman" -> List.of("part_config", "part_config_sub");
      default -> List.of();
    };
  }

  private static List<String> schemas(String extension) {
    return switch (extension) {
      case "pg_cron" -> List.of("cron");
      case "postgis_topology" -> List.of("topology");
      case "postgis_tiger_geocoder" -> List.of("tiger", "tiger_data");
      case "timescaledb" ->
          List.of("_timescaledb_catalog", "_timescaledb_config", "_timescaledb_internal");
      default -> List.of();
    };
  }

  private static List<String> accessMethods(String extension) {
    return switch (extension) {
      case "vector" -> List.of("hnsw", "ivfflat");
      case "bloom" -> List.of("bloom");
      default -> List.of();
    };
  }

  private static List<String> operatorClasses(String extension) {
    return switch (extension) {
      case "pg_trgm" -> List.of("gin_trgm_ops", "gist_trgm_ops");
      case "vector" ->
          List.of(
              "vector_l2_ops",
              "vector_ip_ops",
              "vector_cosine_ops",
              "vector_l1_ops",
              "halfvec_l2_ops",
              "halfvec_ip_ops",
              "halfvec_cosine_ops");
      case "postgis" -> List.of("gist_geometry_ops_2d", "gist_geometry_ops_nd");
      case "hstore" -> List.of("gin_hstore_ops", "gist_hstore_ops");
      case "ltree" -> List.of("gist_ltree_ops", "gist__ltree_ops");
      case "intarray" -> List.of("gin__int_ops", "gist__int_ops", "gist__intbig_ops");
      default -> List.of();
    };
  }
}
