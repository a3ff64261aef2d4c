package dev.confiture.preflight.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A small history of migrations, written from known pieces by a seed: the same seed, the same
 * history. It is for a database with the schema of {@code oracle/schema.sql}.
 */
public record SmallHistory(List<File> files) {

  private static final int MOST_FILES = 5;

  private static final int MOST_PIECES = 3;

  /**
   * A file of a history.
   *
   * @param pieces a statement each, or a few that belong together
   * @param outsideTransaction whether its tool is told to run it without a transaction
   * @param marked whether pieces are marked as whole where a tool knows such marks
   */
  public record File(List<String> pieces, boolean outsideTransaction, boolean marked) {

    /** Returns the file's SQL, a piece a paragraph. */
    public String sql() {
      return String.join("\n", pieces);
    }
  }

  /** What files are made of. Each holds the number of the piece, so that no two make the same. */
  private enum Piece {
    TABLE(10, "CREATE TABLE x%1$d(id int PRIMARY KEY, a text);\n"),
    COLUMN(6, "ALTER TABLE t ADD COLUMN c%1$d int;\n"),
    INDEX(3, "CREATE INDEX i%1$d ON t(a);\n"),
    CONCURRENT_INDEX(4, "CREATE INDEX CONCURRENTLY i%1$d ON t(a);\n"),
    DO_BLOCK(3, "DO $$\nBEGIN\n  PERFORM %1$d;\n  PERFORM 2;\nEND\n$$;\n"),
    FUNCTION(
        4,
        """
        CREATE FUNCTION f%1$d(i int) RETURNS int LANGUAGE plpgsql AS $$
        BEGIN
          RETURN i + %1$d; -- it's the sum; no more
        END;
        $$;
        """),
    STANDARD_BODY(
        1,
        """
        CREATE FUNCTION g%1$d() RETURNS int LANGUAGE sql
        BEGIN ATOMIC
          SELECT 1;
          SELECT CASE WHEN true THEN %1$d END;
        END;
        """),
    TEXT_OF_LINES(2, "COMMENT ON TABLE t IS 'first; %1$d;\nsecond';\n"),
    NESTED_COMMENT(1, "/* a /* nested; */ comment; */\nCREATE TABLE x%1$d(id int);\n"),
    COMMENT_ONLY(2, "-- nothing; %1$d\n"),
    OWN_TRANSACTION(3, "BEGIN;\nCREATE TABLE x%1$d(id int);\nCOMMIT;\n"),
    SEARCH_PATH(1, "SET search_path TO '';\n"),
    PATH_OF_A_DUMP(1, "SELECT pg_catalog.set_config('search_path', '', false);\n"),
    LOCAL_PATH(1, "SET LOCAL search_path TO s2, public;\n"),
    LOCK_TIMEOUT(2, "SET lock_timeout TO '5s';\n"),
    LOCK(1, "LOCK TABLE t IN SHARE MODE;\n"),
    TEMPORARY_TABLE(1, "CREATE TEMP TABLE tt%1$d(id int);\n"),
    VACUUM(2, "VACUUM t;\n"),
    ENUM_VALUE(4, "ALTER TYPE mood ADD VALUE 'm%1$d';\n"),
    /** Of the enum value before. */
    ENUM_VALUE_USED(4, "CREATE TABLE x%1$d(a mood DEFAULT 'm%2$d');\n"),
    DEFERRED_VIOLATION(1, "INSERT INTO child VALUES (%1$d, 999);\n"),
    DIVISION_BY_ZERO(2, "SELECT %1$d / 0;\n"),
    MISSING_TABLE(1, "ALTER TABLE nowhere ADD COLUMN c%1$d int;\n"),
    SYNTAX(1, "CREAT TABLE x%1$d(id int);\n");

    private final int weight;
    private final String text;

    Piece(int weight, String text) {
      this.weight = weight;
      this.text = text;
    }

    private static Piece any(Random random) {
      int at = random.nextInt(List.of(values()).stream().mapToInt(piece -> piece.weight).sum());
      for (Piece piece : values()) {
        at -= piece.weight;
        if (at < 0) {
          return piece;
        }
      }
      throw new IllegalStateException("weights add up");
    }
  }

  /** Writes the history of a seed. */
  public static SmallHistory of(long seed) {
    Random random = new Random(seed);
    List<File> files = new ArrayList<>();
    int number = 0;
    int value = 0;
    int length = 1 + random.nextInt(MOST_FILES);
    for (int i = 0; i < length; i++) {
      List<String> pieces = new ArrayList<>();
      // Half of the files hold one: what must be alone is.
      int parts = random.nextBoolean() ? 1 : 1 + random.nextInt(MOST_PIECES);
      for (int j = 0; j < parts; j++) {
        number++;
        Piece piece = Piece.any(random);
        if (piece == Piece.ENUM_VALUE) {
          value = number;
        } else if (piece == Piece.ENUM_VALUE_USED && value == 0) {
          piece = Piece.TABLE;
        }
        pieces.add(piece.text.formatted(number, value));
      }
      files.add(new File(pieces, random.nextInt(4) == 0, random.nextBoolean()));
    }
    return new SmallHistory(files);
  }

  /** Returns the history for people. */
  @Override
  public String toString() {
    return files.stream().map(File::toString).collect(Collectors.joining("\n"));
  }
}
