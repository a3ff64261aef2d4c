package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each statement makes (+) and removes (-), from the manual's synopsis of its command. */
final class EffectsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      value = {
        "CREATE TABLE app.t (id int, n text)         | +relation app.t, +column app.t.id, +column app.t.n",
        "CREATE UNLOGGED TABLE IF NOT EXISTS t ()    | +relation t",
        "CREATE TABLE t (CONSTRAINT c CHECK (a > 0), a int, UNIQUE (a)) | +relation t, +column t.a, +constraint t.c, +constraint t.t_a_key, +relation t_a_key",
        "CREATE TABLE s.t (a int PRIMARY KEY, b int UNIQUE REFERENCES u CHECK (b > 0)) | +relation s.t, +column s.t.a, +column s.t.b, +constraint s.t.t_pkey, +relation s.t_pkey, +constraint s.t.t_b_key, +relation s.t_b_key, +constraint s.t.t_b_fkey, +constraint s.t.t_b_check",
        "CREATE TABLE t (id bigserial, LIKE u)       | +relation t, +column t.id, +relation t_id_seq",
        "ALTER TABLE t ADD UNIQUE (a, \"B\"), ADD FOREIGN KEY (a, b) REFERENCES u (c, d), ADD PRIMARY KEY (a) | +constraint t.t_a_B_key, +relation t_a_B_key, +constraint t.t_a_b_fkey, +constraint t.t_pkey, +relation t_pkey",
        "CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0)) | +relation t, +column t.a, +constraint t.positive",
        "CREATE TABLE t (a int CONSTRAINT n NOT NULL PRIMARY KEY, b int CONSTRAINT u UNIQUE CHECK (b > 0)) | +relation t, +column t.a, +column t.b, +constraint t.n, +constraint t.t_pkey, +relation t_pkey, +constraint t.u, +relation u, +constraint t.t_b_check",
        "CREATE TABLE s.t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES o, CONSTRAINT k PRIMARY KEY (a)) | +relation s.t, +column s.t.a, +constraint s.t.f, +constraint s.t.k, +relation s.k",
        "CREATE TABLE t (a text[] DEFAULT ARRAY[user, f(x, y)], b int DEFAULT (1)) | +relation t, +column t.a, +column t.b",
        "CREATE TABLE t (a text COLLATE serial)       | +relation t, +column t.a",
        "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (c WITH &&) | +constraint t.x, +relation x",
        "CREATE TABLE t (serial int, a serial NOT NULL) | +relation t, +column t.serial, +column t.a, +relation t_a_seq",
        "CREATE FOREIGN TABLE t () SERVER x           | +relation t",
        "CREATE TABLE p PARTITION OF q DEFAULT       | +relation p",
        "CREATE VIEW v (x) AS SELECT 1               | +relation v, +column v.x",
        "CREATE OR REPLACE RECURSIVE VIEW v (n) AS SELECT 1 | +relation v, +column v.n",
        "CREATE MATERIALIZED VIEW v AS SELECT 1      | +relation v",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a) | +relation i, +constraint t.i",
        "CREATE INDEX i ON app.t (a)                 | +relation app.i",
        "CREATE INDEX ON t (a)                       |",
        "CREATE SEQUENCE \"S.x\"                     | +relation S.x",
        "CREATE TYPE app.mood AS ENUM ('sad', 'it''s ok') | +type app.mood, +enum_label app.mood.sad, +enum_label app.mood.it's ok",
        "CREATE TYPE pair AS (a int, b text)         | +type pair",
        "CREATE DOMAIN d AS text                     | +type d",
        "CREATE CONSTRAINT TRIGGER g AFTER UPDATE OF a ON s.t FROM o EXECUTE FUNCTION f() | +trigger s.t.g",
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f() | +event_trigger e",
        "CREATE FOREIGN DATA WRAPPER w               | +foreign_data_wrapper w",
        "CREATE TRUSTED PROCEDURAL LANGUAGE l        | +language l",
        "CREATE COLLATION c FROM \"C\"                 | +collation c",
        "CREATE PUBLICATION p FOR ALL TABLES         | +publication p",
        "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p | +subscription s",
        "CREATE STATISTICS s ON a, b FROM t          | +statistics s",
        "CREATE SERVER s FOREIGN DATA WRAPPER w      | +foreign_server s",
        "CREATE FUNCTION app.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1' | +function app.f",
        "CREATE OR REPLACE PROCEDURE p() LANGUAGE sql AS '' | +function p",
        "CREATE AGGREGATE s(int) (sfunc = int4pl, stype = int) | +function s",
        "CREATE SCHEMA IF NOT EXISTS app             | +schema app",
        "CREATE SCHEMA AUTHORIZATION joe             | +schema joe",
        "CREATE SCHEMA s AUTHORIZATION joe           | +schema s",
        "CREATE TRIGGER g BEFORE INSERT ON app.t EXECUTE FUNCTION f() | +trigger app.t.g",
        "CREATE POLICY p ON t USING (true)           | +policy t.p",
        "CREATE RULE r AS ON INSERT TO t DO NOTHING  | +rule t.r",
        "CREATE ROLE app LOGIN                       | +role app",
        "CREATE USER MAPPING FOR app SERVER s        |",
        "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" | +extension uuid-ossp",
        "CREATE TABLE t AS SELECT 1 AS x             | +relation t",
        "ALTER TABLE t ADD COLUMN a int              | +column t.a",
        "ALTER TABLE ONLY app.t ADD a int, DROP COLUMN IF EXISTS b CASCADE | +column app.t.a, -column app.t.b",
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a), DROP CONSTRAINT d | +constraint t.c, +relation c, -constraint t.d",
        "ALTER TABLE t RENAME TO u                   | -relation t, +relation u",
        "ALTER TABLE app.t RENAME COLUMN a TO b      | -column app.t.a, +column app.t.b",
        "ALTER TABLE t RENAME a TO b                 | -column t.a, +column t.b",
        "ALTER TABLE t RENAME CONSTRAINT c TO d      | -constraint t.c, +constraint t.d",
        "ALTER TABLE t SET SCHEMA app                | -relation t, +relation app.t",
        "ALTER TABLE t ALTER a SET NOT NULL          |",
        "ALTER TABLE t ALTER a DROP NOT NULL         |",
        "ALTER MATERIALIZED VIEW v RENAME COLUMN a TO \"B\" | -column v.a, +column v.B",
        "ALTER TYPE p ADD ATTRIBUTE a int, DROP ATTRIBUTE b | +column p.a, -column p.b",
        "ALTER TYPE p RENAME ATTRIBUTE a TO b        | -column p.a, +column p.b",
        "ALTER DOMAIN d DROP CONSTRAINT c            | -constraint d.c",
        "ALTER DOMAIN d RENAME CONSTRAINT c TO e     | -constraint d.c, +constraint d.e",
        "ALTER DOMAIN d DROP NOT NULL                |",
        "ALTER DOMAIN d DROP DEFAULT                 |",
        "ALTER ROLE a RENAME TO b                    | -role a, +role b",
        "ALTER TRIGGER g ON s.t RENAME TO h          | -trigger s.t.g, +trigger s.t.h",
        "ALTER USER MAPPING FOR app SERVER s OPTIONS (a 'b') |",
        "ALTER SYSTEM SET work_mem = 1               |",
        "ALTER INDEX i RENAME TO j                   | -relation i, +relation j",
        "ALTER VIEW v RENAME TO w                    | -relation v, +relation w",
        "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glad' BEFORE 'sad' | +enum_label mood.glad",
        "ALTER TYPE mood RENAME VALUE 'a' TO 'b'     | -enum_label mood.a, +enum_label mood.b",
        "ALTER TYPE mood RENAME TO feeling           | -type mood, +type feeling",
        "ALTER FUNCTION f(int) RENAME TO g           | -function f, +function g",
        "ALTER SCHEMA a RENAME TO b                  | -schema a, +schema b",
        "DROP TABLE IF EXISTS a, app.b CASCADE       | -relation a, -relation app.b",
        "DROP INDEX CONCURRENTLY i                   | -relation i",
        "DROP FUNCTION f(int, text), g               | -function f, -function g",
        "DROP TRIGGER g ON t                         | -trigger t.g",
        "DROP POLICY IF EXISTS p ON app.t            | -policy app.t.p",
        "DROP RULE r ON t CASCADE                    | -rule t.r",
        "DROP MATERIALIZED VIEW v                    | -relation v",
        "DROP DOMAIN d                               | -type d",
        "DROP ROLE a, b                              | -role a, -role b",
        "DROP USER MAPPING FOR app SERVER s          |",
        "DROP TYPE mood                              | -type mood",
        "DROP SCHEMA app CASCADE                     | -schema app",
        "DROP EXTENSION hstore                       | -extension hstore",
        "DROP OWNED BY app                           |",
        "SELECT 'CREATE TABLE t ()'                  |",
        "DO $$ BEGIN IF true THEN CREATE TABLE t (); END IF; DROP VIEW v; END $$ | +relation t, -relation v",
        "DO $$ BEGIN IF true THEN DROP TABLE a; ELSE DROP VIEW b; END IF; LOOP CREATE SEQUENCE c; END LOOP; END $$ | -relation a, -relation b, +relation c",
        "DO $$ DECLARE drop text; /* DROP TABLE a; */ BEGIN PERFORM 'x; DROP TABLE b;'; END $$ |",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN DROP TABLE a; END' | +function f",
        "DO $$ BEGIN EXECUTE 'CREATE TABLE t ()'; END $$ |",
        "INSERT INTO t SELECT 1                      |"
      })
  void areReadFromTheWords(String sql, String expected) {
    assertEquals(
        expected == null ? Set.of() : new TreeSet<>(Arrays.asList(expected.split(", "))),
        Effects.of(Script.of(SourceText.of(sql)).statements().getFirst()).stream()
            .map(
                effect ->
                    (effect.change() == Effect.Change.MAKES ? "+" : "-")
                        + effect.object().kind().name().toLowerCase(Locale.ROOT)
                        + " "
                        + effect.object())
            .collect(Collectors.toCollection(TreeSet::new)));
  }
}
