package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.seed.RestoreGap.LostObject;
import dev.confiture.preflight.sql.Position;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of an extension's objects, some only by how their names begin. */
final class LostObjectTest {

  @ParameterizedTest
  @CsvSource({
    "postgis,TYPE,geometry",
    "postgis,FUNCTION,st_distance",
    "postgis,RELATION,spatial_ref_sys",
    "vector,TYPE,vector",
    "vector,OTHER,hnsw",
    "citext,TYPE,citext",
    "hstore,TYPE,hstore",
    "uuid-ossp,FUNCTION,uuid_generate_v4",
    "pgcrypto,FUNCTION,pgp_sym_encrypt",
    "pg_trgm,OPERATOR_CLASS,gin_trgm_ops",
    "pg_cron,SCHEMA,cron",
    "timescaledb,FUNCTION,create_hypertable",
    "no_such_extension,EXTENSION,no_such_extension"
  })
  void objectIsTheExtensions(String extension, ObjectKind kind, String name) {
    assertTrue(isLost(extension, DatabaseObject.of(kind, QualifiedName.of(name))));
    assertTrue(isLost(extension, DatabaseObject.of(kind, QualifiedName.of("extensions", name))));
  }

  @ParameterizedTest
  @CsvSource({
    "postgis,TYPE,st_distance",
    "postgis,FUNCTION,distance",
    "postgis,FUNCTION,st",
    "vector,RELATION,vector",
    "citext,TYPE,hstore",
    "no_such_extension,FUNCTION,no_such_extension"
  })
  void objectIsSomethingElse(String extension, ObjectKind kind, String name) {
    assertFalse(isLost(extension, DatabaseObject.of(kind, QualifiedName.of(name))));
  }

  @Test
  void tablesOfOtherSchemasAreOthers() {
    LostObject lost = lost(DatabaseObject.of(ObjectKind.RELATION, QualifiedName.of("app", "t")));
    assertTrue(lost.isNamed(QualifiedName.of("app", "t")));
    assertTrue(lost.isNamed(QualifiedName.of("t")));
    assertFalse(lost.isNamed(QualifiedName.of("old", "t")));
  }

  private static boolean isLost(String extension, DatabaseObject needed) {
    Stream<LostObject> lost = ExtensionObjects.of(extension).stream().map(LostObjectTest::lost);
    return lost.anyMatch(
        each -> each.object().kind() == needed.kind() && each.isNamed(needed.name()));
  }

  private static LostObject lost(DatabaseObject object) {
    return new LostObject(object, new Position(1, 1));
  }
}
