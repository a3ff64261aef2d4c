package dev.confiture.preflight;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages, as the root's package-info tells them. */
final class ArchitectureTest {

  private static final String ROOT = "dev.confiture.preflight";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final List<String> PACKAGES =
      List.of(
          "cli",
          "action",
          "report",
          "verdict",
          "recording",
          "rehearsal",
          "sandbox",
          "seed",
          "source",
          "migrations",
          "session",
          "process",
          "sql",
          "postgres",
          "files",
          "problem");

  static Stream<Arguments> arrows() {
    return Stream.of(
        Arguments.of(
            "report",
            List.of(
                "verdict",
                "rehearsal",
                "sandbox",
                "migrations",
                "seed",
                "source",
                "sql",
                "postgres",
                "problem")),
        Arguments.of("verdict", List.of("rehearsal", "migrations", "seed", "sql", "postgres")),
        Arguments.of(
            "recording",
            List.of("sandbox", "migrations", "session", "process", "sql", "postgres", "problem")),
        Arguments.of(
            "rehearsal", List.of("sandbox", "migrations", "session", "sql", "postgres", "problem")),
        Arguments.of("sandbox", List.of("source", "session", "process", "postgres", "problem")),
        Arguments.of("seed", List.of("source", "session", "sql", "postgres", "problem")),
        Arguments.of(
            "source",
            List.of("migrations", "session", "process", "sql", "postgres", "files", "problem")),
        Arguments.of(
            "migrations", List.of("session", "process", "sql", "postgres", "files", "problem")),
        Arguments.of("session", List.of("postgres", "problem")),
        Arguments.of("process", List.of()),
        Arguments.of("sql", List.of("postgres")),
        Arguments.of("postgres", List.of()),
        Arguments.of("files", List.of("problem")),
        Arguments.of("problem", List.of()));
  }

  @ParameterizedTest(name = "{0} imports only {1}")
  @MethodSource("arrows")
  void packageImportsOnlyWhatIsBelowIt(String name, List<String> allowed) {
    List<String> forbidden = new ArrayList<>();
    forbidden.add(ROOT);
    for (String other : PACKAGES) {
      if (!other.equals(name) && !allowed.contains(other)) {
        forbidden.add(ROOT + "." + other + "..");
      }
    }
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "." + name + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden.toArray(String[]::new))
            .because("imports point down the pipeline only"));
  }

  @Test
  void everyPackageIsListedHereAndNullMarked() {
    CLASSES.stream()
        .map(javaClass -> javaClass.getPackage())
        .distinct()
        .forEach(
            javaPackage -> {
              String name = javaPackage.getName();
              assertTrue(
                  name.equals(ROOT)
                      || PACKAGES.stream()
                          .anyMatch(p -> (name + ".").startsWith(ROOT + "." + p + ".")),
                  name + " has no arrows");
              assertTrue(
                  javaPackage.isAnnotatedWith(NullMarked.class), name + " is not null-marked");
            });
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching(ROOT + ".(*)..")
            .should()
            .beFreeOfCycles()
            .because("a package can be read without those that use it"));
  }

  @Test
  void theRootDoesNotKnowTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".cli..", ROOT + ".action..")
            .because("the edge calls the pipeline, never the other way round"));
  }

  @Test
  void theEdgeHandsOptionsInAndAReportOut() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".cli..", ROOT + ".action..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".session..", ROOT + ".seed..", ROOT + ".source..")
            .because("what is done to a server is decided in the pipeline"));
  }

  @Test
  void theReportLooksAtNoSql() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".report..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(ROOT + ".sql..")
                    .and(not(type(Position.class).or(type(SourceText.class)))))
            .because("what SQL means is a fact of the model by then"));
  }

  @Test
  void onlySessionKnowsJdbc() {
    onlyIn(
        "connections are in one known place", List.of("session"), "java.sql..", "org.postgresql..");
  }

  @Test
  void onlyReportActionAndToolsKnowJackson() {
    onlyIn(
        "dependencies stay at the edge, where reports are written and tools' own files are read",
        List.of("report", "action", "migrations.tools", "migrations.liquibase"),
        "com.fasterxml..");
  }

  @Test
  void onlyToolsKnowYaml() {
    onlyIn(
        "only files and settings of tools are YAML",
        List.of("migrations.confiture", "migrations.liquibase", "migrations.tools"),
        "org.snakeyaml..");
  }

  @Test
  void onlyTheCatalogueOfToolsKnowsConfiture() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".migrations.confiture..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".migrations.tools.Tools")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".migrations.confiture..")
            .because("YAML, sidecars and Python recordings are reached through Tool alone"));
  }

  @Test
  void whatEveryToolHasKnowsNoTool() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".migrations")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".migrations.tools..", ROOT + ".migrations.confiture..")
            .because("a tool is data behind the interface Tool"));
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".migrations.confiture..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".migrations.tools..")
            .because("the catalogue knows the tools, never the other way round"));
  }

  @Test
  void toolsTalkToNoServer() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".migrations.tools..", ROOT + ".migrations.confiture..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".session..")
            .because("one engine interprets what a tool says as data"));
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    onlyIn("dependencies stay at the edge", List.of("cli"), "picocli..");
  }

  @Test
  void verdictsArePure() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".verdict..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.io..", "java.nio..", "java.net..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .because("observation in, finding out: quick to test, easy to trust"));
  }

  @Test
  void onlyOnePackageStartsProcesses() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".process..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .because("no program gets the environment of this one"));
  }

  @Test
  void onlyTheMainClassEndsTheProcessOrReadsTheEnvironment() {
    ArchRule rule =
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".cli.PreflightCommand")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("everything else runs in a test without a process");
    check(rule);
  }

  @Test
  void nothingPrintsToStandardStreams() {
    check(
        noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("the command line is given its streams"));
  }

  @Test
  void theChangelogBeginsWithThisVersion() throws IOException {
    String version = System.getProperty("preflight.version", "");
    String top =
        Files.readAllLines(Path.of("CHANGELOG.md")).stream()
            .filter(line -> line.startsWith("## "))
            .findFirst()
            .orElse("none");
    if (version.endsWith("-SNAPSHOT")) {
      assertEquals("## [Unreleased]", top);
    } else {
      assertTrue(top.startsWith("## [" + version + "] - "), top + " is not " + version);
    }
  }

  private static void onlyIn(String reason, List<String> packages, String... libraries) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                packages.stream().map(p -> ROOT + "." + p + "..").toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(libraries)
            .because(reason));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES); // a package may be written later than its rule
  }
}
