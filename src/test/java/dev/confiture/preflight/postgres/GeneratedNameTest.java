package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected names are those that PostgreSQL 15 gave when it was asked. */
final class GeneratedNameTest {

  @Test
  void shortPartsStayWhole() {
    assertEquals("t_check", GeneratedName.of("t", List.of(), "check"));
    assertEquals("t_a_lower_expr_idx", GeneratedName.of("t", List.of("a", "lower", "expr"), "idx"));
  }

  @Test
  void theLongerPartIsCutFirst() {
    assertEquals(
        "a_name_as_long_as_some_teams__and_a_column_of_forty_charact_seq",
        GeneratedName.of(
            "a_name_as_long_as_some_teams_like_to_have_it",
            List.of("and_a_column_of_forty_characters_or_more"),
            "seq"));
    assertEquals(
        "a_name_as_long_as_some_teams__aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_key",
        GeneratedName.of(
            "a_name_as_long_as_some_teams_like_to_have_it2",
            List.of("a".repeat(31), "b".repeat(35), "c".repeat(27)),
            "key"));
  }

  @Test
  void aCharacterIsNotCutInTwo() {
    String table = Identifiers.truncated("täble_with_ümlauts_éverywhere_éééééééééééééééééééééé");
    assertEquals("täble_with_ümlauts_éverywhere_ééééééééééééééé", table);
    assertEquals(
        "täble_with_ümlauts_éverywh_cölumn_with_ümlauts_éveryw_seq",
        GeneratedName.of(
            table,
            List.of(Identifiers.truncated("cölumn_with_ümlauts_éverywhere_ééééééééééééééééééééé")),
            "seq"));
  }
}
