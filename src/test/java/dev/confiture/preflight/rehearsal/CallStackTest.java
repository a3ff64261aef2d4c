package dev.confiture.preflight.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.CallStack.Frame;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallStackTest {

  @Test
  void framesAreReadInTheirOrder() {
    assertEquals(
        List.of(
            new Frame.Routine("doit", 2, 4, false),
            new Frame.Routine("total", -1, 2, true),
            new Frame.Block(7),
            new Frame.Row("log_2, line 3, column msg: \"(x)\"")),
        frames(
            """
            PL/pgSQL function shop.doit(integer,text) line 4 at RAISE
            SQL statement "SELECT doit(1, 'a')"
            SQL function "total" statement 2
            PL/pgSQL function inline_code_block line 7 at PERFORM
            COPY log_2, line 3, column msg: "(x)\""""));
  }

  @Test
  void aCommandOfManyLinesIsNoFrame() {
    assertEquals(
        List.of(new Frame.Routine("f", 0, 3, false)),
        frames(
            """
            SQL statement "SELECT g(1) line 2,
              h(2) line 3
              FROM inline_code_block"
            PL/pgSQL function f() line 3 at SQL statement"""));
  }

  @Test
  void namesMayNeedQuotes() {
    assertEquals(
        List.of(
            new Frame.Routine("The \"best\" (one)", 1, 3, false),
            new Frame.Routine("f", 1, 5, false),
            new Frame.Routine("g", 1, 6, false)),
        frames(
            """
            PL/pgSQL function "Odd Names"."The ""best"" (one)"(integer) line 3 at RETURN
            PL/pgSQL-Funktion "Odd Names".f(integer) Zeile 5 bei RETURN
            PL/pgSQL function g("My Type") line 6 at RETURN"""));
  }

  private static List<Frame> frames(String where) {
    return CallStack.of(ServerError.of("XX000", "x", Optional.empty()).calledFrom(where)).frames();
  }
}
