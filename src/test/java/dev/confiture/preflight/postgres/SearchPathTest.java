package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SearchPathTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      value = {
        "\"$user\", public   | $user/public",
        "app                 | app",
        "\"Odd, Schema\",x   | Odd, Schema/x",
        "\"\"                | ",
        " a ,b               | a/b"
      })
  void settingListsItsSchemas(String setting, String expected) {
    assertEquals(
        expected == null ? List.of() : List.of(expected.split("/")), SearchPath.list(setting));
  }

  @ParameterizedTest
  @CsvSource({
    "t, t, true",
    "t, u, false",
    "app.t, app.t, true",
    "app.t, old.t, false",
    "t, public.t, true",
    "public.t, t, true",
    "t, me.t, true",
    "t, old.t, false",
    "old.t, t, false"
  })
  void nameWithoutSchemaIsLookedUpInThePath(String one, String other, boolean same) {
    assertEquals(
        same,
        SearchPath.ofRole("me")
            .sameObject(QualifiedName.ofMessage(one), QualifiedName.ofMessage(other)));
  }
}
