package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of a precondition, and when it is met. */
final class DemandTest {

  private static final QualifiedName USERS = QualifiedName.of("public", "users");

  @Test
  void itIsNamedAndDescribedAsConfitureDoes() {
    told("TableExists(public.users)", "Table public.users exists", Demand.table(true, USERS));
    told(
        "TableNotExists(public.users)",
        "Table public.users does not exist",
        Demand.table(false, USERS));
    told(
        "ColumnExists(public.users.email)",
        "Column public.users.email exists",
        Demand.column(true, USERS, "email"));
    told(
        "ConstraintNotExists(public.users.u)",
        "Constraint u on public.users does not exist",
        Demand.constraint(false, USERS, "u"));
    told(
        "IndexExists(public.users.i)",
        "Index i on public.users exists",
        Demand.index(true, USERS, "i"));
    told("SchemaExists(app)", "Schema app exists", Demand.schema(true, "app"));
    told(
        "ForeignKeyExists(public.users.team -> app.teams.id)",
        "FK public.users.team -> app.teams.id",
        new Demand.ForeignKey(USERS, "team", QualifiedName.of("app", "teams"), "id"));
    told(
        "ColumnType(public.users.id=uuid)",
        "Column public.users.id not found",
        new Demand.ColumnType(USERS, "id", "uuid"));
  }

  private static void told(String name, String unmet, Demand precondition) {
    assertEquals(name, precondition.name());
    assertEquals(
        Optional.of(unmet),
        precondition.unmet(
            precondition instanceof Demand.ColumnType ? Optional.empty() : Optional.of("f")));
  }

  @Test
  void trueIsMet() {
    assertEquals(Optional.empty(), Demand.table(false, USERS).unmet(Optional.of("t")));
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
        Optional.empty(), new Demand.ColumnType(USERS, "id", demanded).unmet(Optional.of(actual)));
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
        new Demand.ColumnType(USERS, "id", demanded).unmet(Optional.of(actual)));
  }

  @Test
  void rowsAreCounted() {
    Demand.RowCount five = new Demand.RowCount(USERS, new Demand.RowTest.Equal(5));
    Demand.RowCount more = new Demand.RowCount(USERS, new Demand.RowTest.More(5));
    Demand.RowCount none = new Demand.RowCount(USERS, new Demand.RowTest.None());
    assertEquals("RowCountEquals(public.users=5)", five.name());
    assertEquals("RowCountGreaterThan(public.users>5)", more.name());
    assertEquals("TableIsEmpty(public.users)", none.name());
    assertTrue(five.unmet(Optional.of("5")).isEmpty());
    assertEquals(
        Optional.of("Table public.users has 5 rows (actual: 4)"), five.unmet(Optional.of("4")));
    assertTrue(more.unmet(Optional.of("6")).isEmpty());
    assertEquals(
        Optional.of("Table public.users has > 5 rows (actual: 5)"), more.unmet(Optional.of("5")));
    assertTrue(none.unmet(Optional.of("0")).isEmpty());
    assertEquals(
        Optional.of("Table public.users is empty (rows: 1)"), none.unmet(Optional.of("1")));
  }
}
