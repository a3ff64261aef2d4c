package dev.confiture.preflight.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.QualifiedName;
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
            new Frame.Routine(QualifiedName.of("shop", "doit"), 2, 4, false),
            new Frame.Routine(QualifiedName.of("total"), -1, 2, true),
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
        List.of(new Frame.Routine(QualifiedName.of("f"), 0, 3, false)),
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
            new Frame.Routine(QualifiedName.of("Odd Names", "The \"best\" (one)"), 1, 3, false),
            new Frame.Routine(QualifiedName.of("Odd Names", "f"), 1, 5, false),
            new Frame.Routine(QualifiedName.of("g"), 1, 6, false)),
        frames(
            """
            PL/pgSQL function "Odd Names"."The ""best"" (one)"(integer) line 3 at RETURN
            PL/pgSQL-Funktion "Odd Names".f(integer) Zeile 5 bei RETURN
            PL/pgSQL function g("My Type") line 6 at RETURN"""));
  }

  @Test
  void aSchemaMayStandWithoutQuotesBeforeANameThatNeedsThem() {
    assertEquals(
        List.of(new Frame.Routine(QualifiedName.of("shop", "Total"), 0, 2, false)),
        frames("PL/pgSQL function shop.\"Total\"() line 2 at RETURN"));
  }

  @Test
  void whatIsOnlyCompiledHasALineToo() {
    assertEquals(
        List.of(new Frame.Block(2), new Frame.Routine(QualifiedName.of("total"), -1, 3, false)),
        frames(
            """
            compilation of PL/pgSQL function "inline_code_block" near line 2
            compilation of PL/pgSQL function "total" near line 3"""));
  }

  private static List<Frame> frames(String where) {
    return CallStack.of(ServerError.of("XX000", "x", Optional.empty()).calledFrom(where)).frames();
  }
}
