package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Flyway, as a library. */
final class FlywayInProcess implements LiveTool {

  /** Held, since a logger that nobody holds forgets its level. */
  private final Logger logger = Logger.getLogger("org.flywaydb");

  @Override
  public String id() {
    return "flyway";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  /** A baseline: it refuses a schema with tables and without a ledger. */
  @Override
  public String before() {
    return """
    CREATE TABLE public.flyway_schema_history (
      installed_rank integer NOT NULL PRIMARY KEY,
      version varchar(50),
      description varchar(200) NOT NULL,
      type varchar(20) NOT NULL,
      script varchar(1000) NOT NULL,
      checksum integer,
      installed_by varchar(100) NOT NULL,
      installed_on timestamp NOT NULL DEFAULT now(),
      execution_time integer NOT NULL,
      success boolean NOT NULL);
    INSERT INTO public.flyway_schema_history VALUES
      (1, '0', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, 'postgres',
        now(), 0, true);
    """;
  }

  @Override
  public Optional<Ledger> ledger() {
    return Optional.of(
        new Ledger(
            "public.flyway_schema_history",
            "SELECT version FROM public.flyway_schema_history WHERE success AND type = 'SQL'"));
  }

  @Override
  public void write(SmallHistory history, Path folder) throws IOException {
    int version = 0;
    for (SmallHistory.File file : history.files()) {
      version++;
      String name = "V" + version + "__step.sql";
      Files.writeString(folder.resolve(name), file.sql());
      if (file.outsideTransaction()) {
        Files.writeString(folder.resolve(name + ".conf"), "executeInTransaction=false\n");
      }
    }
  }

  @Override
  public End run(Path folder, ConnectionString database) {
    logger.setLevel(Level.OFF);
    try {
      Flyway.configure()
          .dataSource(
              LiveTools.jdbcUrl(database),
              database.user().orElseThrow(),
              database.password().orElseThrow())
          .locations("filesystem:" + folder)
          .load()
          .migrate();
      return new End(true, "");
    } catch (FlywayException refused) {
      return new End(false, String.valueOf(refused.getMessage()));
    }
  }
}
