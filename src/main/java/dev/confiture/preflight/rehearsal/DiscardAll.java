package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.SessionException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides where {@code DISCARD ALL} gives a file the session that a new connection would give it.
 *
 * <p>Not taken back are custom settings (they stay known, as empty strings), the seed of {@code
 * random()}, loaded libraries with the settings that they define, and what extensions and other
 * languages keep in memory. Nor does it read anew what only a login reads: the settings and rights
 * of the role and the database. So the files that ran, and once a run the functions that they can
 * call, are searched for whatever could make a difference; strings, bodies and comments count, and
 * in doubt the answer is no.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-discard.html">DISCARD</a>
 */
final class DiscardAll {

  /** Follows a word behind which the rest of a statement is built at run time, or hidden. */
  private static final String UNKNOWN = "['%$&\\\\]|--|/\\*";

  /** A name in two parts, quoted or not, as those of custom settings are. */
  private static final String DOTTED =
      "\"[^\".]*+\\.|\"[^\"]*+\"\\s*+\\.|[\\w$]++(?:\\.[\\w\"'%\\\\]|\\s*+(?:&|--|/\\*)"
          + "|\\s*+\\.\\s*+[\\w\"]++\\s*+(?:=|to\\b))";

  /** A call whose setting is one of PostgreSQL's own, named in the text. */
  private static final String NAMED = "(?!\\s*+\\(\\s*+'[a-z_]++')";

  /** Marks what a file leaves in its backend, or changes for the next login. */
  private static final Pattern STAYS =
      Pattern.compile(
          "\\bset\\b\\s*+(?:(?:local|session)\\b\\s*+)?+(?:"
              + UNKNOWN
              + "|"
              + DOTTED
              + ")|\\bset_config\\b"
              + NAMED
              + "|\\bsetseed\\b|\\bload\\b\\s*+(?:e\\s*+'|"
              + UNKNOWN
              + ")|\\b(?:alter|drop)\\b\\s*+(?:(?:role|user|group|database|system|owned)\\b|"
              + UNKNOWN
              + ")|\\bon\\s++database\\b|\\b(?:update|insert\\s++into|delete\\s++from)\\s++(?:only\\s++)?"
              + "\"?(?:pg_catalog\"?\\s*+\\.\\s*+\"?)?(?:pg_authid|pg_auth_members|pg_database"
              + "|pg_db_role_setting|pg_proc)\\b|\\bdblink",
          Pattern.CASE_INSENSITIVE);

  /** Marks what a file could find in its backend of one that ran before. */
  private static final Pattern FINDS =
      Pattern.compile(
          "\\bcurrent_setting\\b"
              + NAMED
              + "|\\b(?:show|reset)\\b\\s*+(?:"
              + UNKNOWN
              + "|"
              + DOTTED
              + ")|\\bpg_(?:show_all_)?settings\\b|\\bpg_my_temp_schema\\b|\\bpg_backend_pid\\b",
          Pattern.CASE_INSENSITIVE);

  /** Marks what may make the server's answer another one. */
  private static final Pattern ASKS_AGAIN =
      Pattern.compile(
          "\\b(?:extension|event\\s++trigger)\\b|\\blanguage\\b(?!\\s*+'?(?:sql|plpgsql)\\b)",
          Pattern.CASE_INSENSITIVE);

  /** Extensions of which nothing stays in a session but caches that the server invalidates. */
  private static final Set<String> STATELESS =
      Set.of(
          "amcheck",
          "bloom",
          "btree_gin",
          "btree_gist",
          "citext",
          "cube",
          "dict_int",
          "dict_xsyn",
          "earthdistance",
          "fuzzystrmatch",
          "hstore",
          "intarray",
          "isn",
          "lo",
          "ltree",
          "moddatetime",
          "pageinspect",
          "pg_buffercache",
          "pg_freespacemap",
          "pg_stat_statements",
          "pg_trgm",
          "pg_visibility",
          "pgcrypto",
          "pgrowlocks",
          "pgstattuple",
          "plpgsql",
          "postgis",
          "seg",
          "tablefunc",
          "unaccent",
          "uuid-ossp",
          "vector");

  /**
   * Finds languages, extensions and triggers that may keep something in a session, or tell a login
   * from none.
   */
  private static final String KEEPERS =
      "SELECT FROM pg_language WHERE lanname NOT IN ('internal', 'c', 'sql', 'plpgsql')"
          + " UNION ALL SELECT FROM pg_extension WHERE extname NOT IN ("
          + STATELESS.stream().sorted().map(Identifiers::literal).collect(Collectors.joining(", "))
          + ") UNION ALL SELECT FROM pg_event_trigger WHERE evtevent = 'login'";

  /** Lists the definitions of the schema's own functions; NULL where it does not tell what runs. */
  private static final String FUNCTIONS =
      "SELECT CASE WHEN l.lanname NOT IN ('internal', 'c') AND length(p.prosrc) < 1000000"
          + " THEN pg_get_functiondef(p.oid) END FROM pg_proc p"
          + " JOIN pg_language l ON l.oid = p.prolang WHERE p.oid >= 16384 AND p.prokind <> 'a'"
          + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass"
          + " AND d.objid = p.oid AND d.deptype = 'e')";

  private final Questions questions;
  private boolean stays;
  private boolean asked;

  DiscardAll(Questions questions) {
    this.questions = questions;
  }

  /** Returns true if the session of the files that ran, discarded, is a new one to this file. */
  boolean suffices(String file) {
    return !stays && !STAYS.matcher(file).find() && !FINDS.matcher(file).find() && serverAgrees();
  }

  /** Takes account of a file that runs now. */
  void runs(String file) {
    stays = stays || STAYS.matcher(file).find();
    asked = asked && !ASKS_AGAIN.matcher(file).find();
  }

  /** Takes account of a file of which not all is known before it runs. */
  void runsUnknown() {
    stays = true;
  }

  private boolean serverAgrees() {
    if (!asked) {
      asked = true;
      stays = !keepsNothing();
    }
    return !stays;
  }

  private boolean keepsNothing() {
    try {
      return questions.ask(KEEPERS).isEmpty()
          && questions.ask(FUNCTIONS).stream()
              .allMatch(
                  row -> row.optional(0).filter(made -> !STAYS.matcher(made).find()).isPresent());
    } catch (SessionException unknown) {
      return false;
    }
  }
}
