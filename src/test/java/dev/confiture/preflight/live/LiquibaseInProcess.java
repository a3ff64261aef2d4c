package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Liquibase, as a library, with formatted SQL: a file a changeset. */
final class LiquibaseInProcess implements LiveTool {

  private static final String CHANGELOG = "changelog.yaml";

  /** Held, since a logger that nobody holds forgets its level. */
  private final Logger logger = Logger.getLogger("liquibase");

  @Override
  public String id() {
    return "liquibase";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger(
            "public.databasechangelog",
            "SELECT filename || '::' || id || '::' || author FROM public.databasechangelog"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    StringBuilder changelog = new StringBuilder("databaseChangeLog:\n");
    int number = 0;
    for (SmallHistory.File file : history.files()) {
      number++;
      String name = number + "_step.sql";
      changelog.append("  - include:\n      file: ").append(name).append('\n');
      Files.writeString(
          folder.resolve(name),
          "--liquibase formatted sql\n--changeset dev:"
              + number
              + (file.outsideTransaction() ? " runInTransaction:false" : "")
              + (file.marked() ? " splitStatements:false" : "")
              + "\n"
              + file.sql());
    }
    Files.writeString(folder.resolve(CHANGELOG), changelog);
  }

  @Override
  public End run(Path folder, ConnectionString database) throws IOException {
    logger.setLevel(Level.OFF);
    // Of a directory there is nothing to close.
    ResourceAccessor files = new DirectoryResourceAccessor(folder);
    try {
      Scope.child(
          Map.of(
              Scope.Attr.resourceAccessor.name(),
              files,
              Scope.Attr.ui.name(),
              new LoggerUIService(),
              // It would tell its makers.
              "liquibase.analytics.enabled",
              false),
          () ->
              new CommandScope("update")
                  .addArgumentValue("changelogFile", CHANGELOG)
                  .addArgumentValue("showSummary", UpdateSummaryEnum.OFF)
                  .addArgumentValue("url", LiveTools.jdbcUrl(database))
                  .addArgumentValue("username", database.user().orElseThrow())
                  .addArgumentValue("password", database.password().orElseThrow())
                  .execute());
      return new End(true, "");
    } catch (Exception refused) {
      return new End(false, String.valueOf(refused.getMessage()));
    }
  }
}
