package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.ServerBinaries;
import dev.confiture.preflight.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The table in which confiture records what it has applied, where it is found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrackingTableTest {

  private final Sandbox server =
      Sandbox.start(
          ServerBinaries.find(Optional.empty(), OptionalInt.empty(), System.getenv()),
          System.getenv());
  private final Session session = server.openTemplate(Isolation.CLONE);

  @AfterAll
  void stop() {
    session.close();
    server.close();
  }

  @BeforeEach
  void begin() {
    session.run("BEGIN");
  }

  @AfterEach
  void undo() {
    session.run("ROLLBACK");
  }

  @Test
  void noneIsThereInAnEmptyDatabase() {
    assertEquals(Optional.empty(), find());
  }

  @Test
  void itHoldsWhatIsApplied() {
    session.run(
        "CREATE TABLE tb_confiture (version varchar(255));"
            + " INSERT INTO tb_confiture VALUES ('0141'), ('0142'), ('0142'), (NULL)");
    assertEquals(found("public", "0141", "0142"), find());
  }

  @Test
  void itMayBeInAnySchema() {
    session.run(
        "CREATE SCHEMA ops; CREATE TABLE ops.tb_confiture (version int);"
            + " INSERT INTO ops.tb_confiture VALUES (7)");
    assertEquals(found("ops", "7"), find());
  }

  @Test
  void theOneInPublicComesFirst() {
    session.run(
        "CREATE SCHEMA app; CREATE TABLE app.tb_confiture (version text);"
            + " CREATE TABLE public.tb_confiture (version text);"
            + " INSERT INTO public.tb_confiture VALUES ('1')");
    assertEquals(found("public", "1"), find());
  }

  @Test
  void elsewhereTheFirstByName() {
    session.run(
        "CREATE SCHEMA zeta; CREATE TABLE zeta.tb_confiture (version text);"
            + " CREATE SCHEMA \"Alpha\"; CREATE TABLE \"Alpha\".tb_confiture (version text)");
    assertEquals(found("Alpha"), find());
  }

  @Test
  void aTableWithoutVersionsIsNotIt() {
    session.run("CREATE TABLE tb_confiture (id int)");
    assertEquals(Optional.empty(), find());
  }

  @Test
  void norIsAView() {
    session.run("CREATE VIEW tb_confiture AS SELECT '1'::text AS version");
    assertEquals(Optional.empty(), find());
  }

  @Test
  void itMayHoldChecksums() {
    session.run(
        "CREATE TABLE tb_confiture (version text, checksum char(8));"
            + " INSERT INTO tb_confiture VALUES ('1', 'abc'), ('2', NULL), ('3', ''), (NULL, 'x')");
    TrackingTable table = find().orElseThrow();
    assertEquals(Set.of("1", "2", "3"), table.versions());
    assertEquals(Map.of("1", "abc"), table.checksums());
  }

  @Test
  void oneOfAKnownSchemaIsNoOther() {
    session.run(
        "CREATE SCHEMA ops; CREATE TABLE ops.tb_confiture (version text);"
            + " CREATE TABLE tb_confiture (version text);"
            + " INSERT INTO ops.tb_confiture VALUES ('2')");
    assertEquals(
        found("ops", "2"), TrackingTable.in(session, QualifiedName.of("ops", "tb_confiture")));
    assertEquals(
        Optional.empty(), TrackingTable.in(session, QualifiedName.of("app", "tb_confiture")));
  }

  @Test
  void theToolWritesItsNameBareWhereSearchPathFindsIt() {
    QualifiedName inPublic = QualifiedName.of("public", "tb_confiture");
    assertEquals(
        new Ledger(inPublic, QualifiedName.of("tb_confiture")),
        found("public").orElseThrow().ledger());
    QualifiedName elsewhere = QualifiedName.of("ops", "tb_confiture");
    assertEquals(new Ledger(elsewhere, elsewhere), found("ops").orElseThrow().ledger());
  }

  @Test
  void plainHasNone() {
    session.run("CREATE TABLE tb_confiture (version text)");
    assertEquals(Optional.empty(), TrackingTable.find(session, new PlainTool()));
  }

  private Optional<TrackingTable> find() {
    return TrackingTable.find(session, new ConfitureTool());
  }

  private static Optional<TrackingTable> found(String schema, String... versions) {
    return Optional.of(
        new TrackingTable(QualifiedName.of(schema, "tb_confiture"), Set.of(versions), Map.of()));
  }
}
