package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A migration from a stranger's pull request must not get a superuser to run its code. */
final class HostileMigrationTest {

  @TempDir private Path folder;

  static List<Path> servers() {
    return TestServers.binaries();
  }

  /** CVE-2018-1058: an operator that fits better than the catalog's own. */
  @ParameterizedTest
  @MethodSource("servers")
  void operatorsInPublicAreNotTheEngines(Path binaries) throws IOException {
    Path schema = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE t (id int);\n");
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    Files.writeString(
        migrations.resolve("1_trap.sql"),
        """
        CREATE TABLE callers (name text);
        GRANT ALL ON callers TO PUBLIC;
        CREATE FUNCTION trap(oid, int) RETURNS bool LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO public.callers VALUES (current_user);
          RETURN $1::bigint >= $2;
        END $$;
        CREATE OPERATOR public.>= (leftarg = oid, rightarg = int, function = trap);
        INSERT INTO callers SELECT 'works' WHERE 1::oid OPERATOR(public.>=) 2;
        """);
    Files.writeString(migrations.resolve("2_fails.sql"), "SELECT nope FROM t;\n");
    Files.writeString(
        migrations.resolve("3_index.sql"), "CREATE INDEX CONCURRENTLY i ON t (id);\n");
    Files.writeString(
        migrations.resolve("4_nobody_else.sql"),
        """
        DO $$ BEGIN
          IF (SELECT count(*) FROM callers) <> 1 THEN
            RAISE EXCEPTION 'the trap had a visitor';
          END IF;
          IF EXISTS (SELECT FROM callers WHERE name <> current_user) THEN
            RAISE EXCEPTION 'the visitor was not ourselves';
          END IF;
        END $$;
        """);
    Report report =
        Preflight.run(
            Options.of(migrations)
                .withSchemaFile(schema)
                .withBinaries(binaries)
                .with(
                    new Limits(Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofMinutes(5)))
                .with(Map.copyOf(System.getenv())),
            Progress.NONE,
            new Stop());
    assertEquals(
        List.of(
            Outcome.Passed.class, Outcome.Failed.class, Outcome.Passed.class, Outcome.Passed.class),
        report.migrations().stream().map(JudgedMigration::outcome).map(Object::getClass).toList(),
        () -> report.migrations().toString());
  }

  /** What a server can be made to say has no limit; what is kept of it has. */
  @Test
  void hugeAnswersCostNoResult() throws IOException {
    Path schema = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE t (id int);\n");
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    Files.writeString(
        migrations.resolve("1_error.sql"),
        """
        DO $$ BEGIN
          RAISE EXCEPTION '%', repeat('x', 10000000) USING HINT = repeat('y', 10000000);
        END $$;
        """);
    Files.writeString(
        migrations.resolve("2_notices.sql"),
        """
        DO $$ BEGIN
          FOR i IN 1..20 LOOP RAISE WARNING '%', repeat('x', 1000000); END LOOP;
          FOR i IN 1..5000 LOOP RAISE WARNING 'and %', i; END LOOP;
        END $$;
        """);
    Files.writeString(
        migrations.resolve("3_body.sql"),
        """
        DO $$ BEGIN
          EXECUTE format(
            'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS %L',
            'BEGIN /*' || repeat('x', 5000000) || '*/ RETURN nope; END');
        END $$;
        """);
    Files.writeString(migrations.resolve("4_next.sql"), "ALTER TABLE t ADD COLUMN n int;\n");
    Report report =
        Preflight.rehearse(
            Options.of(migrations)
                .withSchemaFile(schema)
                .withBinaries(TestServers.binaries().getLast())
                .with(Map.copyOf(System.getenv())));
    assertEquals(
        List.of("failed", "passed", "passed", "passed"),
        report.migrations().stream().map(m -> m.outcome().word()).toList());
    int written = JsonReport.write(report).length();
    assertTrue(written < 8_000_000, () -> "the report has " + written + " characters");
  }
}
