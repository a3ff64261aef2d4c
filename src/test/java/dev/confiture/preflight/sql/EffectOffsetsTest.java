package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An effect says where the statement names its object: the word there, in the order of the text.
 */
final class EffectOffsetsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      value = {
        "CREATE TABLE IF NOT EXISTS app.\"T\" (\"é\" int UNIQUE, b int) | app \"é\" \"é\" \"é\" b",
        "CREATE TABLE t (a int CONSTRAINT c CHECK (true), PRIMARY KEY (a)) | t a c PRIMARY PRIMARY",
        "CREATE VIEW /* 🍓 */ v (x, y) AS SELECT 1, 2 | v x y",
        "CREATE INDEX CONCURRENTLY i ON t (a) | i",
        "CREATE TYPE s.e AS ENUM ('a', 'b') | s 'a' 'b'",
        "CREATE SCHEMA AUTHORIZATION joe | joe",
        "CREATE POLICY p ON t | p",
        "ALTER TABLE s.a RENAME TO b | s b",
        "ALTER TABLE a RENAME COLUMN x TO y | x y",
        "ALTER TABLE t ADD a int, DROP b, ADD CONSTRAINT c CHECK (true) | a b c",
        "ALTER TYPE e RENAME VALUE 'a' TO 'b' | 'a' 'b'",
        "DROP TABLE IF EXISTS a, s.b | a s",
        "DROP TRIGGER g ON t | g",
        "DO $$BEGIN DROP TABLE a; CREATE TABLE b (c int); END$$ | a b c"
      })
  void areThoseOfTheNames(String sql, String words) {
    Statement statement = Sql.statement(sql);
    List<String> found =
        Effects.of(statement).stream()
            .map(effect -> wordAt(statement.source(), effect.offset()))
            .toList();
    assertEquals(Arrays.asList(words.split(" ")), found);
  }

  private static String wordAt(SourceText source, int offset) {
    return new Lexer(source, offset, source.length(), false).next(false).text();
  }
}
