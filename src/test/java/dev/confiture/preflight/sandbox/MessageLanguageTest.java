package dev.confiture.preflight.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.session.Session;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may ask a server for English, and what is said where nobody may. */
final class MessageLanguageTest {

  private static final Map<String, String> SETTINGS = Map.of("statement_timeout", "7s");
  private static final Map<String, String> IN_ENGLISH =
      Map.of("statement_timeout", "7s", "lc_messages", "C");

  /** GRANT SET ON PARAMETER came with PostgreSQL 15. */
  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.Servers#all")
  void superuserMayAndOthersByGrant(ServerBinaries binaries) {
    try (Sandbox server = Sandbox.start(binaries, System.getenv());
        Session control = Session.open(server.administrator())) {
      assertEquals(IN_ENGLISH, MessageLanguage.of(control, true).with(SETTINGS));
      control.run("CREATE ROLE ordinary; SET ROLE ordinary");
      assertEquals(SETTINGS, MessageLanguage.of(control, false).with(SETTINGS));
      if (control.serverVersion().major() >= 15) {
        control.run("RESET ROLE; GRANT SET ON PARAMETER lc_messages TO ordinary");
        control.run("SET ROLE ordinary; SET lc_messages = 'C'");
        assertEquals(IN_ENGLISH, MessageLanguage.of(control, false).with(SETTINGS));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, de_DE.UTF-8, true",
    "true, de_DE.UTF-8, false",
    "false, en_GB.UTF-8, false",
    "false, POSIX, false",
    "false, C.UTF-8, false",
    "false, '', false"
  })
  void isToldWhereMessagesAreNotRead(boolean mayChoose, String name, boolean told) {
    Optional<String> note = new MessageLanguage(mayChoose, name).note();
    assertEquals(told, note.isPresent());
    assertTrue(note.orElse(name).contains(name));
  }
}
