package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what a rollback must leave as it was: the catalog's objects, and the sequences, which
 * no rollback brings back (https://www.postgresql.org/docs/current/functions-sequence.html).
 *
 * <p>Says nothing of rows, nor of what lies outside the database.
 *
 * @param objects each object, as PostgreSQL describes it, with a digest of its catalog row
 * @param sequences each sequence with its last value
 */
record Fingerprint(Map<String, String> objects, Map<String, String> sequences) {

  /**
   * The columns of pg_class that no VACUUM, ANALYZE or checkpoint changes; of the other catalogs
   * the whole row.
   */
  private static final String OBJECTS =
      """
      WITH digests (class, number, digest) AS (
        SELECT 'pg_class'::regclass, c.oid, md5(concat_ws('|', c.relname, c.relnamespace,
            c.relowner, c.relkind, c.relpersistence, c.relchecks, c.relrowsecurity, c.relacl,
            c.reloptions, (SELECT string_agg(concat_ws(' ', a.attname, a.atttypid, a.atttypmod,
              a.attnotnull, a.attisdropped, a.attidentity, a.attgenerated, a.attacl), ','
              ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0),
            i.indisunique, i.indisvalid, i.indkey)) COLLATE "C"
          FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
          WHERE c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_toast|^pg_temp')
        UNION ALL SELECT 'pg_attrdef'::regclass, t.oid, md5(t::text) FROM pg_attrdef t
        UNION ALL SELECT 'pg_cast'::regclass, t.oid, md5(t::text) FROM pg_cast t
        UNION ALL SELECT 'pg_collation'::regclass, t.oid, md5(t::text) FROM pg_collation t
        UNION ALL SELECT 'pg_constraint'::regclass, t.oid, md5(t::text) FROM pg_constraint t
        UNION ALL SELECT 'pg_default_acl'::regclass, t.oid, md5(t::text) FROM pg_default_acl t
        UNION ALL SELECT 'pg_event_trigger'::regclass, t.oid, md5(t::text) FROM pg_event_trigger t
        UNION ALL SELECT 'pg_extension'::regclass, t.oid, md5(t::text) FROM pg_extension t
        UNION ALL SELECT 'pg_foreign_server'::regclass, t.oid, md5(t::text) FROM pg_foreign_server t
        UNION ALL SELECT 'pg_language'::regclass, t.oid, md5(t::text) FROM pg_language t
        UNION ALL SELECT 'pg_largeobject'::regclass, t.oid, md5(t::text)
          FROM pg_largeobject_metadata t
        UNION ALL SELECT 'pg_namespace'::regclass, t.oid, md5(t::text) FROM pg_namespace t
          WHERE nspname !~ '^pg_toast|^pg_temp'
        UNION ALL SELECT 'pg_opclass'::regclass, t.oid, md5(t::text) FROM pg_opclass t
        UNION ALL SELECT 'pg_operator'::regclass, t.oid, md5(t::text) FROM pg_operator t
        UNION ALL SELECT 'pg_policy'::regclass, t.oid, md5(t::text) FROM pg_policy t
        UNION ALL SELECT 'pg_proc'::regclass, t.oid, md5(t::text) FROM pg_proc t
        UNION ALL SELECT 'pg_publication'::regclass, t.oid, md5(t::text) FROM pg_publication t
        UNION ALL SELECT 'pg_rewrite'::regclass, t.oid, md5(t::text) FROM pg_rewrite t
        UNION ALL SELECT 'pg_statistic_ext'::regclass, t.oid, md5(t::text) FROM pg_statistic_ext t
        UNION ALL SELECT 'pg_trigger'::regclass, t.oid, md5(t::text) FROM pg_trigger t
        UNION ALL SELECT 'pg_ts_config'::regclass, t.oid, md5(t::text) FROM pg_ts_config t
        UNION ALL SELECT 'pg_ts_dict'::regclass, t.oid, md5(t::text) FROM pg_ts_dict t
        UNION ALL SELECT 'pg_type'::regclass, t.oid, md5(concat_ws('|', t::text,
            (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e
              WHERE e.enumtypid = t.oid)))
          FROM pg_type t
          WHERE t.typnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_toast|^pg_temp'))
      SELECT class, number, pg_describe_object(class, number, 0), digest FROM digests
      WHERE number >= 16384 OR class IN ('pg_namespace'::regclass, 'pg_largeobject'::regclass)
      """;

  /** Empty where the user may not read a sequence, or before the first nextval. */
  private static final String SEQUENCES =
      "SELECT oid::regclass::text, CASE WHEN has_sequence_privilege(oid, 'SELECT, USAGE')"
          + " THEN coalesce(pg_sequence_last_value(oid)::text, 'not called yet') END"
          + " FROM pg_class WHERE relkind = 'S' AND relpersistence <> 't'";

  Fingerprint {
    objects = Map.copyOf(objects);
    sequences = Map.copyOf(sequences);
  }

  /** Reads the catalog of the session's database. */
  static Fingerprint of(Session session) {
    Map<String, String> objects = new LinkedHashMap<>();
    session
        .query(OBJECTS)
        .forEach(
            row ->
                objects.put(
                    // A name may come twice: an object and another that was renamed.
                    row.optional(2).orElse("object") + " (" + row.text(0) + " " + row.text(1) + ")",
                    row.text(3)));
    Map<String, String> sequences = new LinkedHashMap<>();
    session.query(SEQUENCES).forEach(row -> sequences.put(row.text(0), row.optional(1).orElse("")));
    return new Fingerprint(objects, sequences);
  }

  /** Compares what is now with what was. */
  static Cleanup since(Optional<Fingerprint> before, Session session) {
    if (before.isEmpty()) {
      return new Cleanup.Unverified("its catalog could not be read before the run");
    }
    try {
      return before.get().compare(of(session));
    } catch (SessionException refused) {
      return new Cleanup.Unverified(
          "its catalog could not be read after the run: " + refused.text());
    }
  }

  /** Returns true if a catalog holds an object of this number. */
  boolean holds(String catalog, String number) {
    return objects.keySet().stream()
        .anyMatch(object -> object.endsWith("(" + catalog + " " + number + ")"));
  }

  private Cleanup compare(Fingerprint now) {
    List<String> changes = new ArrayList<>();
    now.objects.forEach(
        (object, digest) -> {
          String was = objects.get(object);
          if (was == null) {
            changes.add(name(object) + " is new");
          } else if (!was.equals(digest)) {
            changes.add(name(object) + " differs");
          }
        });
    objects.keySet().stream()
        .filter(object -> !now.objects.containsKey(object))
        .forEach(object -> changes.add(name(object) + " is gone"));
    sequences.forEach(
        (sequence, was) -> {
          String is = now.sequences.getOrDefault(sequence, was);
          if (!is.equals(was)) {
            changes.add("sequence " + sequence + " went from " + was + " to " + is);
          }
        });
    if (!changes.isEmpty()) {
      changes.sort(null);
      return new Cleanup.Changed(changes);
    }
    List<String> unread =
        sequences.entrySet().stream()
            .filter(sequence -> sequence.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return unread.isEmpty()
        ? new Cleanup.Unchanged()
        : new Cleanup.Unverified(
            "the user of the URL may not read these sequences: " + String.join(", ", unread));
  }

  private static String name(String object) {
    return object.substring(0, object.lastIndexOf(" ("));
  }
}
