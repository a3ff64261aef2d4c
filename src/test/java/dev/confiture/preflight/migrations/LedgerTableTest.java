package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.confiture.Confiture;
import dev.confiture.preflight.migrations.tools.Plain;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table in which confiture records what it has applied, where it is found. */
final class LedgerTableTest extends InEmptyDatabase {

  private static final LedgerFormat FORMAT = new Confiture().ledger().orElseThrow();

  @Test
  void noneIsThereInAnEmptyDatabase() {
    assertEquals(Optional.empty(), find());
  }

  @Test
  void itHoldsWhatIsApplied() {
    session.run(
        "CREATE TABLE tb_confiture (version varchar(255));"
            + " INSERT INTO tb_confiture VALUES ('0141'), ('0142'), ('0142'), (NULL)");
    assertEquals(found("public", "0141", "0142", "0142"), find());
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
    Applied table = find().orElseThrow();
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
        found("ops", "2"),
        LedgerTable.in(session, QualifiedName.of("ops", "tb_confiture"), FORMAT));
    assertEquals(
        Optional.empty(), LedgerTable.in(session, QualifiedName.of("app", "tb_confiture"), FORMAT));
  }

  @Test
  void theToolWritesItsNameBareWhereSearchPathFindsIt() {
    QualifiedName inPublic = QualifiedName.of("public", "tb_confiture");
    assertEquals(new Ledger(inPublic, QualifiedName.of("tb_confiture")), Ledger.of(inPublic));
    QualifiedName elsewhere = QualifiedName.of("ops", "tb_confiture");
    assertEquals(new Ledger(elsewhere, elsewhere), Ledger.of(elsewhere));
  }

  @Test
  void plainHasNone() {
    assertEquals(Optional.empty(), new Plain().ledger());
  }

  private Optional<Applied> find() {
    return LedgerTable.find(session, FORMAT);
  }

  /** Holds a row for each of these. */
  private static Optional<Applied> found(String schema, String... versions) {
    List<String> all = List.of(versions);
    return Optional.of(
        new Applied(QualifiedName.of(schema, "tb_confiture"), Set.copyOf(all), Map.of())
            .readFrom(
                all.stream().map(version -> new LedgerFormat.Row(version, Map.of())).toList()));
  }
}
