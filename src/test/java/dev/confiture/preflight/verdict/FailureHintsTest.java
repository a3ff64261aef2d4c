package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FailureHintsTest {

  @Test
  void findsTheNameWithTheFewestEdits() {
    assertEquals(
        Optional.of("nick_name"),
        FailureHints.closest("nickname", List.of("id", "name", "nick_name", "nicknames_old")));
    assertEquals(Optional.of("email"), FailureHints.closest("emial", List.of("mail_id", "email")));
  }

  @Test
  void proposesNothingThatIsMerelyShort() {
    assertEquals(Optional.empty(), FailureHints.closest("vat_id", List.of("created_at", "login")));
    assertEquals(Optional.empty(), FailureHints.closest("at", List.of("id", "is")));
  }

  @Test
  void proposesNoNameThatIsEqual() {
    assertEquals(Optional.empty(), FailureHints.closest("email", List.of("email")));
  }
}
