package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.sql.Position;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an extension that is not here takes with it, and what is no fault of its. */
final class MissingExtensionTest {

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  /** No server has it, and nothing is known here of what it brings. */
  private static final String UNKNOWN =
      """
      CREATE SCHEMA gis;
        CREATE EXTENSION IF NOT EXISTS preflight_absent
            WITH SCHEMA gis;
      COMMENT ON EXTENSION preflight_absent IS 'is nowhere';
      CREATE TABLE public.names (id integer, name text);
      """;

  @Test
  void extensionIsOneGapAtItsLine() {
    Restored restored = SERVER.restore(UNKNOWN);
    assertEquals(List.of("2: extension preflight_absent is not installed here"), restored.gaps());
    RestoreGap gap = restored.seeded().gaps().getFirst();
    assertEquals(new Position(2, 3), gap.position());
    assertEquals("CREATE EXTENSION IF NOT EXISTS preflight_absent", gap.statement());
    assertEquals(List.of("EXTENSION preflight_absent"), restored.lost());
    assertEquals(List.of("names"), restored.tables());
  }

  @ParameterizedTest
  @CsvSource({
    "timescaledb, shared_preload_libraries",
    "pg_cron, cron.database_name",
    "pg_partman, postgresql-N-partman",
    "postgis, postgis/postgis:N-3.5",
    "vector, pgvector/pgvector:pgN"
  })
  void knownOneComesWithTheServerThatHasIt(String extension, String advice) {
    Restored restored =
        SERVER.restore("CREATE EXTENSION " + extension + "; CREATE TABLE names (id integer);");
    assertEquals(List.of("1: extension " + extension + " is not installed here"), restored.gaps());
    assertEquals(1, restored.seeded().notes().size());
    String note = restored.seeded().notes().getFirst();
    assertTrue(note.contains("the extension " + extension + ", name a server"), note);
    assertTrue(note.contains(advice), note);
  }

  @Test
  void columnOfATableFollowsFromIt() {
    Restored restored =
        SERVER.restore(
            UNKNOWN
                + """
                CREATE TABLE public.places (
                    id integer NOT NULL,
                    spot gis.spot(2)
                );
                ALTER TABLE public.places OWNER TO map_owner;
                CREATE VIEW public.ids AS SELECT places.id FROM public.places;
                ALTER TABLE ONLY public.places ADD CONSTRAINT places_pkey PRIMARY KEY (id);
                CREATE INDEX places_spot ON public.places USING btree (spot);
                CREATE TRIGGER changed BEFORE UPDATE ON public.places
                    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
                COMMENT ON COLUMN public.places.id IS 'lost too';
                GRANT SELECT ON TABLE public.places TO map_reader;
                COPY public.places (id, spot) FROM stdin;
                1\t(0,0)
                \\.
                """);
    assertEquals(
        List.of(
            "COLUMN public.places.spot",
            "EXTENSION preflight_absent",
            "RELATION public.places_spot",
            "ROWS rows of public.places",
            "TYPE gis.spot"),
        restored.lost());
    assertEquals(List.of("names", "places"), restored.tables());
  }

  @Test
  void columnWithItsTypeFollowsFromIt() {
    Restored restored =
        SERVER.restore(
            UNKNOWN
                + """
                ALTER TABLE public.names ADD COLUMN spot gis.spot;
                CREATE INDEX names_spot ON public.names (spot);
                CREATE VIEW public.spots AS SELECT names.spot FROM public.names;
                """);
    assertLost(restored, "COLUMN public.names.spot", "RELATION public.spots");
    assertEquals(List.of("names"), restored.tables());
  }

  @Test
  void arrayOfItsTypeFollowsFromIt() {
    Restored restored =
        SERVER.restore(
            UNKNOWN
                + """
                CREATE TABLE public.paths (spots gis.spot[]);
                CREATE FUNCTION public.length(gis.spot[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
                """);
    assertLost(restored, "COLUMN public.paths.spots", "FUNCTION public.length");
  }

  @Test
  void functionWithItsTypeFollowsFromIt() {
    Restored restored =
        SERVER.restore(
            UNKNOWN
                + """
                CREATE FUNCTION public.takes(gis.spot) RETURNS integer LANGUAGE sql AS 'SELECT 1';
                CREATE FUNCTION public.gives() RETURNS gis.spot LANGUAGE sql AS 'SELECT NULL';
                ALTER FUNCTION public.takes(gis.spot) OWNER TO map_owner;
                CREATE VIEW public.taken AS SELECT public.takes(NULL) AS t;
                """);
    assertLost(restored, "FUNCTION public.takes", "FUNCTION public.gives", "RELATION public.taken");
  }

  @Test
  void callOfItsFunctionFollowsFromIt() {
    Restored restored =
        SERVER.restore(
            UNKNOWN
                + """
                CREATE INDEX names_hash ON public.names (gis.hash(name));
                CREATE TABLE public.keys (id integer DEFAULT gis.next_key());
                """);
    assertLost(
        restored, "FUNCTION gis.hash", "FUNCTION gis.next_key", "COLUMN_VALUE public.keys.id");
    assertEquals(List.of("keys", "names"), restored.tables());
  }

  @Test
  void languageOfAnExtensionFollowsFromIt() {
    Restored restored =
        SERVER.restore(
            """
            CREATE EXTENSION preflight_absent_language;
            CREATE FUNCTION f() RETURNS int LANGUAGE preflight_absent_language AS 'x';
            CREATE TABLE t (id int);
            """);
    assertLost(restored, "EXTENSION preflight_absent_language", "FUNCTION f");
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void eachOfTwoExtensionsHasItsOwn() {
    Restored restored =
        SERVER.restore(
            """
            CREATE SCHEMA one;
            CREATE SCHEMA two;
            CREATE EXTENSION preflight_absent_one WITH SCHEMA one;
            CREATE EXTENSION preflight_absent_two WITH SCHEMA two;
            CREATE TABLE public.second (x two.kind);
            CREATE TABLE public.first (x one.kind);
            """);
    assertEquals(
        List.of(
            "3: extension preflight_absent_one is not installed here",
            "4: extension preflight_absent_two is not installed here"),
        restored.gaps());
    assertTrue(restored.lost(0).contains("COLUMN public.first.x"), () -> restored.lost(0) + "");
    assertFalse(restored.lost(0).contains("COLUMN public.second.x"), () -> restored.lost(0) + "");
    assertTrue(restored.lost(1).contains("COLUMN public.second.x"), () -> restored.lost(1) + "");
    assertFalse(restored.lost(1).contains("COLUMN public.first.x"), () -> restored.lost(1) + "");
  }

  /** It makes its schema itself: {@code pg_dump} writes no CREATE SCHEMA for it. */
  @Test
  void schemaOfAnExtensionFollowsFromIt() {
    Restored restored =
        SERVER.restore(
            """
            CREATE EXTENSION IF NOT EXISTS preflight_absent WITH SCHEMA pg_catalog;
            CREATE TABLE public.t (id integer);
            SELECT jobs.schedule('* * * * *', 'VACUUM');
            GRANT USAGE ON SCHEMA jobs TO operator;
            """);
    assertLost(restored, "EXTENSION preflight_absent", "SCHEMA jobs");
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void otherFaultsAreNotBlamedOnIt() {
    Restored restored =
        SERVER.restore(
            UNKNOWN
                + """
                CREATE TABLE public.names (id integer);
                CREATE VIEW public.early AS SELECT late.id FROM public.late;
                CREATE TABLE public.late (id integer);
                SELECT 1 / 0;
                ALTER TABLE public.names ADD CONSTRAINT positive CHECK (id > 'x');
                """);
    assertEquals(
        List.of(
            "2: extension preflight_absent is not installed here",
            "6: relation \"names\" already exists",
            "7: relation \"public.late\" does not exist",
            "9: division by zero",
            "10: invalid input syntax for type integer: \"x\""),
        restored.gaps());
    assertEquals(List.of("EXTENSION preflight_absent"), restored.lost(0));
    assertEquals(List.of("late", "names"), restored.tables());
  }

  @Test
  void extensionMayHaveANameThatNeedsQuotes() {
    Restored restored =
        SERVER.restore(
            """
            CREATE EXTENSION IF NOT EXISTS "preflight-Absent" WITH SCHEMA public;
            CREATE TABLE t (id int);
            """);
    assertEquals(List.of("1: extension preflight-Absent is not installed here"), restored.gaps());
    assertEquals(List.of("EXTENSION preflight-Absent"), restored.lost());
  }

  /** Its reason is another one, and the server's. */
  @Test
  void extensionThatNeedsAnother() {
    assertEquals(
        List.of(
            "1: extension earthdistance could not be created: required extension \"cube\" is not"
                + " installed"),
        SERVER.restore("CREATE EXTENSION earthdistance;\nCREATE TABLE t (id int);\n").gaps());
  }

  @Test
  void extensionThatIsThereIsNoGap() {
    Restored restored =
        SERVER.restore(
            """
            CREATE EXTENSION citext;
            CREATE EXTENSION citext;
            CREATE TABLE t (name citext);
            """);
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  private static void assertLost(Restored restored, String... objects) {
    List<String> lost = restored.lost();
    for (String object : objects) {
      assertTrue(lost.contains(object), () -> object + " is not among " + lost);
    }
    assertFalse(lost.contains("RELATION public.names"), lost::toString);
  }
}
