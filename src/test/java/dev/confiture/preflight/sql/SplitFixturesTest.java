package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fixtures were run with psql 15: it sends exactly the statements they expect. */
final class SplitFixturesTest {

  static Stream<SplitFixture> fixtures() {
    return SplitFixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void scriptIsSplitWherePsqlSplitsIt(SplitFixture fixture) {
    assertEquals(fixture.expected(), fixture.split());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void piecesTogetherAreTheFileByteForByte(SplitFixture fixture) {
    byte[] bytes = fixture.bytes();
    if (fixture.expected().stream().anyMatch(line -> line.startsWith("not UTF-8"))) {
      assertInstanceOf(SourceText.Decoded.Undecodable.class, SourceText.decode(bytes));
      return;
    }
    SourceText source =
        assertInstanceOf(SourceText.Decoded.Decodable.class, SourceText.decode(bytes)).text();
    String joined = PieceLaws.join(Script.of(source));
    assertEquals(
        new String(bytes, StandardCharsets.ISO_8859_1),
        new String(joined.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyBeginningOfAFixtureKeepsTheLaws(SplitFixture fixture) {
    if (SourceText.decode(fixture.bytes())
        instanceof SourceText.Decoded.Decodable(SourceText source)) {
      for (int end = 0; end <= source.length(); end++) {
        PieceLaws.hold(source.substring(0, end));
      }
    }
  }

  @Test
  void noFixtureIsWithoutItsOtherHalf() {
    List<Path> files = SplitFixture.files();
    assertTrue(files.size() >= 88, "fixtures are missing: " + files.size());
    List<Path> paired =
        SplitFixture.all().flatMap(f -> Stream.of(f.expectedFile(), f.sql())).sorted().toList();
    assertEquals(files, paired);
    assertTrue(paired.stream().allMatch(Files::isRegularFile));
  }
}
