package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of a precondition, and when it is met. */
final class PreconditionTest {

  private static final QualifiedName USERS = QualifiedName.of("public", "users");

  @Test
  void itIsNamedAndDescribedAsConfitureDoes() {
    told(
        "TableExists(public.users)",
        "Table public.users exists",
        new Precondition.Table(true, USERS));
    told(
        "TableNotExists(public.users)",
        "Table public.users does not exist",
        new Precondition.Table(false, USERS));
    told(
        "ColumnExists(public.users.email)",
        "Column public.users.email exists",
        new Precondition.Column(true, USERS, "email"));
    told(
        "ConstraintNotExists(public.users.u)",
        "Constraint u on public.users does not exist",
        new Precondition.Constraint(false, USERS, "u"));
    told(
        "IndexExists(public.users.i)",
        "Index i on public.users exists",
        new Precondition.Index(true, USERS, "i"));
    told("SchemaExists(app)", "Schema app exists", new Precondition.Schema(true, "app"));
    told(
        "ForeignKeyExists(public.users.team -> app.teams.id)",
        "FK public.users.team -> app.teams.id",
        new Precondition.ForeignKey(USERS, "team", QualifiedName.of("app", "teams"), "id"));
    told(
        "ColumnType(public.users.id=uuid)",
        "Column public.users.id not found",
        new Precondition.ColumnType(USERS, "id", "uuid"));
  }

  private static void told(String name, String unmet, Precondition.OfCatalog precondition) {
    assertEquals(name, precondition.name());
    assertEquals(
        Optional.of(unmet),
        precondition.unmet(
            precondition instanceof Precondition.ColumnType ? Optional.empty() : Optional.of("f")));
  }

  @Test
  void trueIsMet() {
    assertEquals(Optional.empty(), new Precondition.Table(false, USERS).unmet(Optional.of("t")));
  }

  @ParameterizedTest
  @CsvSource({
    "int, integer",
    "INT4, integer",
    "serial, integer",
    "bigserial, bigint",
    "varchar, character varying",
    "Bool, boolean",
    "float, double precision",
    "float4, real",
    "uuid, uuid",
    // The beginning of the name is enough.
    "time, timestamp with time zone",
    "char, character varying"
  })
  void theseTypesAreTheDemandedOnes(String demanded, String actual) {
    assertEquals(
        Optional.empty(),
        new Precondition.ColumnType(USERS, "id", demanded).unmet(Optional.of(actual)));
  }

  @ParameterizedTest
  @CsvSource({
    "int, bigint",
    "int2, smallint",
    "timestamptz, timestamp with time zone",
    "bit, text"
  })
  void theseAreNot(String demanded, String actual) {
    assertEquals(
        Optional.of("Column public.users.id type is " + demanded + " (actual: " + actual + ")"),
        new Precondition.ColumnType(USERS, "id", demanded).unmet(Optional.of(actual)));
  }

  @Test
  void rowsAreCounted() {
    Precondition.RowCount five =
        new Precondition.RowCount(USERS, new Precondition.RowTest.Equal(5));
    Precondition.RowCount more = new Precondition.RowCount(USERS, new Precondition.RowTest.More(5));
    Precondition.RowCount none = new Precondition.RowCount(USERS, new Precondition.RowTest.None());
    assertEquals("RowCountEquals(public.users=5)", five.name());
    assertEquals("RowCountGreaterThan(public.users>5)", more.name());
    assertEquals("TableIsEmpty(public.users)", none.name());
    assertTrue(five.unmet(5).isEmpty());
    assertEquals(Optional.of("Table public.users has 5 rows (actual: 4)"), five.unmet(4));
    assertTrue(more.unmet(6).isEmpty());
    assertEquals(Optional.of("Table public.users has > 5 rows (actual: 5)"), more.unmet(5));
    assertTrue(none.unmet(0).isEmpty());
    assertEquals(Optional.of("Table public.users is empty (rows: 1)"), none.unmet(1));
  }
}
