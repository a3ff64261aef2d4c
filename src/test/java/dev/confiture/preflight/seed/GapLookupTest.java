package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as PostgreSQL's sources word them. */
final class GapLookupTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          relation "app.orders" does not exist                  | SELECT FROM app.orders                     | app.orders
          type "gis.geometry" does not exist                    | CREATE TABLE t (spot gis.geometry)         | gis.geometry
          type gis.geometry does not exist                      | CREATE FUNCTION f(type gis.geometry) …     | gis.geometry
          type gis.geometry[] does not exist                    | CREATE FUNCTION f(gis.geometry[]) …        | gis.geometry
          type "gis.geometry[]" does not exist                  | CREATE TABLE t (spots gis.geometry[])      | gis.geometry
          column "spot" does not exist                          | CREATE INDEX ON places (spot)              | spot
          column t.spot does not exist                          | CREATE VIEW v AS SELECT t.spot FROM t      | t.spot
          column "spot" of relation "places" does not exist     | COMMENT ON COLUMN places.spot IS ''        | spot,places
          schema "cron" does not exist                          | CREATE TABLE cron.t ()                     | cron
          language "plv8" does not exist                        | CREATE FUNCTION f() LANGUAGE plv8 …        | plv8
          access method "hnsw" does not exist                   | CREATE INDEX ON t USING hnsw (c)           | hnsw
          operator class "public.gin_trgm_ops" does not exist for access method "gin" | CREATE INDEX …       | public.gin_trgm_ops,gin
          function gis.st_srid(gis.geometry) does not exist     | SELECT gis.st_srid(spot) FROM t            | gis.st_srid
          function similarity(text, unknown) does not exist     | SELECT similarity(a, 'b') FROM t           | similarity
          operator does not exist: public.citext = text         | SELECT 'a'::public.citext = 'a'::text      | public.citext,text
          operator does not exist: - public.citext              | SELECT NOT - 'a'::public.citext            | public.citext
          """)
  void namesAreThoseOfTheMessage(String message, String sql, String names) {
    assertEquals(
        List.of(names.split(",", -1)),
        GapLookup.undefinedNames(
                new RefusedStatement(
                    Script.of(SourceText.of(sql)).statements().getFirst(),
                    ServerError.of("42704", message, Optional.empty())))
            .stream()
            .map(Object::toString)
            .toList());
  }
}
