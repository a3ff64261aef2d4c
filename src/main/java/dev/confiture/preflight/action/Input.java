package dev.confiture.preflight.action;

import java.util.Locale;

/**
 * The action's inputs: what action.yml and the README list, with the same words.
 *
 * <p>Their ids are in snake_case: a variable with a hyphen in its name does not survive every
 * shell.
 */
enum Input {
  SOURCE_URL(
      "", "the production database to pull the schema from, read-only: postgresql://user@host/db"),
  SOURCE_PASSWORD(
      "", "its password, where source_url holds none: a token need not be encoded here"),
  SOURCE_CA_FILE("", "the certificate authority that the source's certificate must be signed by"),
  SOURCE_TIMEOUT("60s", "for everything that is done on the source"),
  SCHEMA_FILE("", "a plain pg_dump of production's schema, in place of source_url"),
  SANDBOX_URL(
      "", "a service container to rehearse on; empty: the PostgreSQL inside the action's image"),
  MIGRATIONS_DIR("db/migrations", "the folder with the migration files"),
  CONVENTION("auto", "auto, confiture or plain: how the team's tool runs them"),
  CONFITURE_ENV("", "short for confiture_config: db/environments/NAME.yaml"),
  CONFITURE_CONFIG("", "confiture's configuration: its database tells what is applied"),
  SINCE("", "rehearse this version and later ones; quote it: \"0142\""),
  APPLIED_FROM("", "a file with the applied versions, one a line"),
  DATA_TABLES("", "small tables of the source whose rows are needed, separated by commas"),
  EXCLUDE_SCHEMAS("", "schemas of the source that are left out, separated by commas"),
  PYTHON("false", "execute Python migrations to record their SQL; never with a source"),
  ISOLATION("auto", "auto, clone or savepoint: how the schema is kept from the migrations"),
  ALLOW_NON_TRANSACTIONAL(
      "false",
      "only for isolation: savepoint; run what cannot run in a transaction, which consumes the"
          + " sandbox database"),
  RUN_AS("", "the role that migrates; empty: the owner of the tracking table or of most tables"),
  WORKING_DIRECTORY("", "the folder below the workspace that paths start from"),
  STATEMENT_TIMEOUT("60s", "for one statement"),
  LOCK_TIMEOUT("5s", "for waiting on one lock"),
  TIME_LIMIT("10min", "for the whole rehearsal"),
  FAIL_ON("unverified", "failed, unverified or never: from where on the step fails"),
  ON_MISSING_SOURCE("fail", "fail or skip: without a source, as in a pull request from a fork"),
  ANNOTATIONS("true", "show failures on the lines of the pull request"),
  SUMMARY("true", "write the job summary"),
  JSON_FILE("", "write the report there as JSON");

  private final String fallback;
  private final String meaning;

  Input(String fallback, String meaning) {
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** As a workflow writes it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The variable that the runner sets; to the empty string where nothing was given. */
  String variable() {
    return "INPUT_" + name();
  }

  /** What is meant where nothing was given; empty for nothing. */
  String fallback() {
    return fallback;
  }

  /** For people. */
  String meaning() {
    return meaning;
  }
}
