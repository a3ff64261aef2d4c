package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ServerError;
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
          relation "app.orders" does not exist                  | app.orders
          type "gis.geometry" does not exist                    | gis.geometry
          type gis.geometry does not exist                      | gis.geometry
          type gis.geometry[] does not exist                    | gis.geometry
          type "gis.geometry[]" does not exist                  | gis.geometry
          column "spot" does not exist                          | spot
          column t.spot does not exist                          | t.spot
          column "spot" of relation "places" does not exist     | spot,places
          schema "cron" does not exist                          | cron
          language "plv8" does not exist                        | plv8
          access method "hnsw" does not exist                   | hnsw
          operator class "public.gin_trgm_ops" does not exist for access method "gin" | public.gin_trgm_ops,gin
          function gis.st_srid(gis.geometry) does not exist     | gis.st_srid
          function similarity(text, unknown) does not exist     | similarity
          operator does not exist: public.citext = text         | public.citext,text
          operator does not exist: - public.citext              | public.citext
          """)
  void namesAreThoseOfTheMessage(String message, String names) {
    assertEquals(
        List.of(names.split(",", -1)),
        GapLookup.undefinedNames(ServerError.of("42704", message, Optional.empty())).stream()
            .map(Object::toString)
            .toList());
  }
}
