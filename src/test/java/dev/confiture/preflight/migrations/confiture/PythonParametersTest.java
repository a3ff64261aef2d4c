package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters of a Python file's SQL, as the server would have taken them from psycopg. */
final class PythonParametersTest {

  static Stream<Arguments> literals() {
    return Stream.of(
        Arguments.of("None", "NULL"),
        Arguments.of("True", "true"),
        Arguments.of("5", "5"),
        Arguments.of("-5", " -5"),
        Arguments.of("1.5", "'1.5'::float8"),
        Arguments.of("float('nan')", "'NaN'::float8"),
        Arguments.of("float('-inf')", "'-Infinity'::float8"),
        Arguments.of("decimal.Decimal('1.10')", "'1.10'::numeric"),
        Arguments.of("\"it's\"", "'it''s'"),
        Arguments.of("'a\\\\b'", " E'a\\\\b'"),
        Arguments.of("b'\\x00a'", " E'\\\\x0061'::bytea"),
        Arguments.of("datetime.date(2020, 1, 2)", "'2020-01-02'::date"),
        Arguments.of("datetime.datetime(2020, 1, 2, 3, 4, 5)", "'2020-01-02 03:04:05'::timestamp"),
        Arguments.of(
            "datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)",
            "'2020-01-02 00:00:00+00:00'::timestamptz"),
        Arguments.of("datetime.time(3, 4)", "'03:04:00'::time"),
        Arguments.of(
            "datetime.timedelta(days=1, seconds=2)", "'1 days 2.000000 seconds'::interval"),
        Arguments.of("uuid.UUID(int=1)", "'00000000-0000-0000-0000-000000000001'::uuid"),
        Arguments.of("[1, 2, None]", "'{\"1\",\"2\",NULL}'::int4[]"),
        Arguments.of("[[1], [2 ** 40]]", "'{{\"1\"},{\"1099511627776\"}}'::int8[]"),
        Arguments.of("['a', 'b\"c']", " E'{\"a\",\"b\\\\\"c\"}'::text[]"),
        Arguments.of("[]", "'{}'"),
        Arguments.of("Jsonb({'a': 1})", "'{\"a\": 1}'::jsonb"));
  }

  @ParameterizedTest
  @MethodSource("literals")
  void becomeLiterals(String value, String literal) {
    assertEquals(
        List.of("SELECT " + literal), execute("self.execute('SELECT %s', (" + value + ",))"));
  }

  @Test
  void haveTheTypesAndValuesThatPsycopgGivesThem() {
    List<String> sql =
        execute(
            "self.execute('SELECT ' + ', '.join(['pg_typeof(%s)::text'] * 13), (",
            "    1.5, decimal.Decimal(1), b'a', datetime.date(2020, 1, 2),",
            "    datetime.datetime(2020, 1, 2),",
            "    datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc),",
            "    datetime.time(3), datetime.timedelta(1), uuid.UUID(int=1), [1], ['a'],",
            "    [True], Jsonb([])))",
            "self.execute('SELECT length(%s), length(%s), (%s)[1]', (",
            "    'a\\\\b\\'', b'\\\\\\'', ['\"\\\\']))",
            "self.execute('SELECT extract(epoch FROM %s)::text', (",
            "    datetime.timedelta(days=-1, seconds=1.5),))");

    try (ExternalServer server = ExternalServer.start();
        Session session = Session.open(server.newDatabase("parameters"))) {
      assertEquals(
          List.of(
              "double precision",
              "numeric",
              "bytea",
              "date",
              "timestamp without time zone",
              "timestamp with time zone",
              "time without time zone",
              "interval",
              "uuid",
              "integer[]",
              "text[]",
              "boolean[]",
              "jsonb"),
          row(session, sql.get(0), 13));
      assertEquals(List.of("4", "2", "\"\\"), row(session, sql.get(1), 3));
      assertEquals(List.of("-86398.500000"), row(session, sql.get(2), 1));
    }
  }

  private static List<String> row(Session session, String sql, int columns) {
    Row row = session.query(sql).getFirst();
    return IntStream.range(0, columns).mapToObj(row::text).toList();
  }

  @Test
  void haveNamesToo() {
    assertEquals(
        List.of("SELECT 1, 'a', 1, 5 % 2"),
        execute("self.execute('SELECT %(n)s, %(a)s, %(n)s, 5 %% 2', {'n': 1, 'a': 'a'})"));
  }

  @Test
  void withoutThemThePercentSignIsOne() {
    assertEquals(
        List.of("SELECT 5 % 2 %s", "SELECT '%s'"),
        execute("self.execute('SELECT 5 % 2 %s')", "self.execute(\"SELECT '%s'\", ())"));
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of("-- a comment\\nSELECT %s", "-- a comment\nSELECT 1"),
        Arguments.of("/* c */ (SELECT %s)", "/* c */ (SELECT 1)"),
        Arguments.of("CREATE TABLE t AS SELECT %s", "CREATE TABLE t AS SELECT 1"),
        Arguments.of("CALL p(%s)", "CALL p(1)"),
        Arguments.of(
            "ALTER TABLE t ALTER a SET DEFAULT %s", "ALTER TABLE t ALTER a SET DEFAULT $1"),
        Arguments.of("COMMENT ON TABLE t IS %s", "COMMENT ON TABLE t IS $1"));
  }

  /** Others take none (manual, PREPARE): the server is to say itself what it thinks of them. */
  @ParameterizedTest
  @MethodSource("statements")
  void areLiteralsOnlyWhereTheServerTakesParameters(String sql, String sent) {
    assertEquals(List.of(sent), execute("self.execute('" + sql + "', (1,))"));
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        Arguments.of(
            "SELECT %s, %s", "(1,)", "the query has 2 placeholders but 1 parameters were passed"),
        Arguments.of(
            "SELECT 1", "(1,)", "the query has 0 placeholders but 1 parameters were passed"),
        Arguments.of(
            "SELECT %d", "(1,)", "only '%s', '%b', '%t' are allowed as placeholders, got '%d'"),
        Arguments.of("SELECT %(a)s", "{'b': 1}", "query parameter missing: a"),
        Arguments.of(
            "SELECT %s", "'a'", "query parameters should be a sequence or a mapping, got str"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void thatDoNotFitFailInPsycopgsWords(String sql, String parameters, String words) {
    Recording.End.Failed failed =
        (Recording.End.Failed)
            PythonMigration.doing("self.execute(\"" + sql + "\", " + parameters + ")")
                .execute()
                .end();

    assertEquals(words, failed.message().substring(failed.message().indexOf("| Error: ") + 9));
    assertEquals(6, failed.line());
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("(1, 2)", "tuple"),
        Arguments.of("{'a': 1}", "dict"),
        Arguments.of("object()", "object"),
        Arguments.of("E.A", "E"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void ofOtherTypesAreUnverifiable(String value, String type) {
    assertEquals(
        new Recording.End.Unverifiable(
            "the file passes a parameter of the type "
                + type
                + ", which the rehearsal cannot write as a literal",
            8),
        PythonMigration.doing(
                "import enum",
                "class E(enum.IntEnum): A = 1",
                "self.execute('SELECT %s', (" + value + ",))")
            .execute()
            .end());
  }

  private static List<String> execute(String... lines) {
    return PythonMigration.doing(
            Stream.concat(
                    Stream.of(
                        "import datetime, decimal, uuid", "from psycopg.types.json import Jsonb"),
                    Stream.of(lines))
                .toArray(String[]::new))
        .complete();
  }
}
