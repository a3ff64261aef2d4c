package dev.confiture.preflight.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.sql.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExcerptTest {

  private static final String BEFORE_CARETS = "        │ ";

  @Test
  void tabsAreAsWideAsTheyAreShown() {
    assertEquals(
        List.of("  >   1 │         ALTER   nick", BEFORE_CARETS + "                ^^^^"),
        excerpt("\tALTER\tnick", "nick"));
  }

  @Test
  void emojiTakeTwoCells() {
    assertEquals(
        List.of("  >   1 │ SELECT '🍓🍓', q", BEFORE_CARETS + "               ^"),
        excerpt("SELECT '🍓🍓', q", "q"));
  }

  @Test
  void eastAsianCharactersTakeTwoCells() {
    assertEquals(
        List.of("  >   1 │ -- 名前 かな 이름 q", BEFORE_CARETS + "                  ^"),
        excerpt("-- 名前 かな 이름 q", "q"));
    assertEquals(
        List.of("  >   1 │ ADD 名前 text", BEFORE_CARETS + "    ^^^^"), excerpt("ADD 名前 text", "名前"));
  }

  @Test
  void combiningMarksTakeNone() {
    assertEquals(
        List.of("  >   1 │ 'e\u0301te\u0301' q", BEFORE_CARETS + "      ^"),
        excerpt("'e\u0301te\u0301' q", "q"));
  }

  @Test
  void controlCharactersAreAsWideAsTheirNumbers() {
    assertEquals(
        List.of("  >   1 │ '\\u001b[2J' q", BEFORE_CARETS + "            ^"),
        excerpt("'\u001b[2J' q", "q"));
  }

  @Test
  void byteOrderMarkIsShown() {
    assertEquals(
        List.of("  >   1 │ \\ufeffSELECT", BEFORE_CARETS + "^^^^^^"),
        excerpt("\ufeffSELECT", "\ufeff"));
    assertEquals(
        List.of("  >   1 │ \\ufeffSELECT q", BEFORE_CARETS + " ".repeat(13) + "^"),
        excerpt("\ufeffSELECT q", "q"));
  }

  @Test
  void carriageReturnsAreLineEnds() {
    assertEquals(
        List.of("      1 │ a", "  >   2 │ b c", BEFORE_CARETS + "  ^", "      3 │ d"),
        excerpt("a\r\nb c\r\nd\r\n", "c"));
  }

  @Test
  void aPlaceOverSeveralLinesIsMarkedToTheEndOfItsFirst() {
    assertEquals(
        List.of("  >   1 │ DO $$ x", BEFORE_CARETS + "   ^^^^", "      2 │ y $$"),
        excerpt("DO $$ x\ny $$", "$$ x\ny $$"));
  }

  @Test
  void endOfTheTextHasACaret() {
    SourceText source = SourceText.of("SELECT");
    Place end = new Place(source.position(6), source.position(6), Place.FoundBy.SERVER_POSITION);
    assertEquals(
        List.of("  >   1 │ SELECT", BEFORE_CARETS + "      ^"),
        lines(source, end, new Look(false, true)));
  }

  @Test
  void longLinesAreCutAroundThePlace() {
    String line = "x".repeat(300) + " nick " + "y".repeat(300);
    List<String> shown = excerpt(line, "nick");
    assertEquals(2, shown.size());
    assertTrue(shown.getFirst().codePointCount(0, shown.getFirst().length()) <= 100);
    assertTrue(shown.getFirst().startsWith("  >   1 │ …xxx"), shown.getFirst());
    assertTrue(shown.getFirst().endsWith("yyy…"), shown.getFirst());
    assertEquals(shown.getFirst().indexOf("nick"), shown.getLast().indexOf("^^^^"));

    String ascii = lines(line, "nick", new Look(false, false)).getFirst();
    assertTrue(ascii.startsWith("  >   1 | ...xxx") && ascii.endsWith("yyy..."), ascii);
  }

  @Test
  void aWideCharacterAtTheEdgeIsNotCutInTwo() {
    List<String> shown = excerpt("名".repeat(300) + " nick " + "前".repeat(300), "nick");
    String before = shown.getFirst().substring(0, shown.getFirst().indexOf("nick"));
    String carets = shown.getLast().substring(0, shown.getLast().indexOf('^'));
    assertEquals(Cells.width(before), Cells.width(carets));
    assertTrue(Cells.width(shown.getFirst()) <= 100);
  }

  @Test
  void aPlaceThatIsTheWholeFileHasNoExcerpt() {
    SourceText source = SourceText.of("SELECT 1;");
    Place file = new Place(source.position(0), source.position(0), Place.FoundBy.FILE);
    assertEquals(List.of(), lines(source, file, new Look(false, true)));
  }

  private static List<String> excerpt(String sql, String at) {
    return lines(sql, at, new Look(false, true));
  }

  private static List<String> lines(String sql, String at, Look look) {
    SourceText source = SourceText.of(sql);
    int start = sql.codePointCount(0, sql.indexOf(at));
    int end = start + at.codePointCount(0, at.length());
    Place place =
        new Place(source.position(start), source.position(end), Place.FoundBy.SERVER_POSITION);
    return lines(source, place, look);
  }

  private static List<String> lines(SourceText source, Place place, Look look) {
    Page page = new Page(look);
    Excerpt.add(source, place, page);
    return page.render().lines().toList();
  }
}
