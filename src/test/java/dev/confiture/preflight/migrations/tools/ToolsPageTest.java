package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on tools says what their classes do: it is made from them, and compared here. */
final class ToolsPageTest {

  private static final String HEAD =
      """
      # Migration tools

      Which tool deploys a folder is told by its files and by the ledger, the table in which the tool records what it
      has applied; `--tool NAME` settles it where both leave a doubt. Each tool is rehearsed as it really sends its files,
      measured with the version that is named. This page is made from the classes of the tools, and a test compares it.
      """;

  @Test
  void isMadeFromTheClasses() throws IOException {
    String page =
        HEAD + Tools.all().stream().map(ToolsPageTest::section).collect(Collectors.joining());
    Path made = Files.createDirectories(Path.of("target")).resolve("tools.md");
    Files.writeString(made, page);
    assertEquals(page, Files.readString(Path.of("docs/tools.md")), "it was written to " + made);
  }

  @Test
  void theReadmeNamesEach() throws IOException {
    String row =
        Files.readString(Path.of("README.md"))
            .lines()
            .filter(line -> line.startsWith("| migration tools |"))
            .findFirst()
            .orElse("")
            .toLowerCase(Locale.ROOT);
    assertEquals(
        List.of(), Tools.all().stream().map(Tool::id).filter(id -> !row.contains(id)).toList());
  }

  private static String section(Tool tool) {
    Tool.Description told = tool.description();
    Execution execution = tool.execution();
    return "\n## "
        + tool.id()
        + "\n\n| | |\n|---|---|\n"
        + row("measured with", told.measured())
        + row("files", told.files())
        + row("order", told.order())
        + row("ledger", tool.ledger().map(ToolsPageTest::ledger).orElse("none"))
        + row("sent", sent(execution))
        + row("transaction", transaction(execution))
        + row("without one", told.optOut())
        + row("session", session(execution))
        + row("drift", told.drift())
        + row("not covered", told.notCovered());
  }

  private static String row(String name, String text) {
    return "| " + name + " | " + text.replace("|", "\\|").replace("<", "\\<") + " |\n";
  }

  private static String ledger(LedgerFormat format) {
    return "`"
        + format.name()
        + "`, by its column `"
        + format.version()
        + "`"
        + (format.creation().isPresent() ? "; made where it is missing" : "");
  }

  private static String sent(Execution execution) {
    return switch (execution.send()) {
      case Execution.Send.WholeText _ -> "the whole text as one simple query";
      case Execution.Send.Parts _ -> "in parts that the tool splits off, a simple query each";
      case Execution.Send.Calls _ ->
          "in parts that the tool splits off, each by a call of its driver, which splits once more";
      case Execution.Send.Pipeline _ ->
          "in parts that the tool splits off, all in one pipeline of extended queries";
      case Execution.Send.Statements _ -> "statement by statement, as PostgreSQL splits them";
    };
  }

  private static String transaction(Execution execution) {
    return switch (execution.scope()) {
          case NONE -> "none of the tool's own";
          case FILE -> "one a file";
          case FILE_IN_SAVEPOINT -> "one a file, and a savepoint in it";
          case RUN -> "one for all pending files";
        }
        + switch (execution.outside()) {
          case Execution.OutsideTransaction.Never(Optional<String> remedy) ->
              remedy.map(what -> "; what refuses one fails: " + what).orElse("");
          case Execution.OutsideTransaction.SingleStatement(String note) ->
              "; a statement that refuses one, alone in its file, runs without (" + note + ")";
          case Execution.OutsideTransaction.WholeFile _ ->
              "; a file with a statement that refuses one runs without";
        }
        + switch (execution.ownEnd()) {
          case IGNORED -> "";
          case TOOL_FAILS -> "; a COMMIT of the file's own makes the tool fail at its end";
          case REOPENED -> "; after a COMMIT of the file's own the driver begins another";
          case SAVEPOINT_REFUSED ->
              "; each statement stands behind a savepoint, so that none runs after a COMMIT of the"
                  + " file's own";
        }
        + execution.snapshot().map(_ -> "; a snapshot is held beside it").orElse("");
  }

  private static String session(Execution execution) {
    return switch (execution.carry()) {
          case SAME_SESSION -> "the same for all files";
          case SETTINGS_RESET -> "the same for all files, its settings reset before each";
          case SAME_SESSION_IN_OWN_ROLE ->
              "the same for all files, its role and search_path put back before each";
          case NEW_SESSION -> "a new one for each file";
        }
        + switch (execution.end()) {
          case TOOL_COMMITS -> "";
          case TRANSACTION_LOST -> "; a transaction that a file leaves open is lost";
          case TRANSACTION_REFUSED, COMMIT_REFUSED ->
              "; a transaction that a file leaves open is an error";
        };
  }
}
