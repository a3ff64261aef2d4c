package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClosestNameTest {

  @Test
  void findsTheNameWithTheFewestEdits() {
    assertEquals(
        Optional.of("nick_name"),
        ClosestName.of("nickname", List.of("id", "name", "nick_name", "nicknames_old")));
    assertEquals(Optional.of("email"), ClosestName.of("emial", List.of("mail_id", "email")));
  }

  @Test
  void proposesNothingThatIsMerelyShort() {
    assertEquals(Optional.empty(), ClosestName.of("vat_id", List.of("created_at", "login")));
    assertEquals(Optional.empty(), ClosestName.of("at", List.of("id", "is")));
  }

  @Test
  void proposesNoNameThatIsEqual() {
    assertEquals(Optional.empty(), ClosestName.of("email", List.of("email")));
  }
}
