package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A right that a statement was refused for, and of which nothing tells whether production's role
 * has it: an attribute of the role, a membership, or a right on an object.
 *
 * @param routine the C function of the server that refused
 * @param object the object, where the right is one on an object; for a member of an extension, that
 * @param rights how far those of the role are known
 */
public record UnknownRight(String routine, Optional<DeniedObject> object, RoleRights rights) {

  /**
   * An object that the role has no right on.
   *
   * @param ofSchema true if the schema made it; false for what initdb or an extension made, and for
   *     kinds that only a superuser makes
   */
  public record DeniedObject(DatabaseObject object, boolean ofSchema) {}

  /** Every refusal of a right on an object comes from here (PostgreSQL's {@code aclchk.c}). */
  private static final String OF_AN_OBJECT = "aclcheck_error";

  /**
   * Functions of the server that refuse for another reason than a right that the role could have:
   * TEMPORARY on the database, which every role has unless its ACL, which is told, denies it; a
   * command that no role may give within CREATE INDEX, REFRESH and the like.
   */
  private static final Set<String> OF_NO_RIGHT =
      Set.of("InitTempTableNamespace", "CheckRestrictedOperation");

  private static final String OF_A_SETTING = "set_config";

  private static final String MEMBERSHIP = "membership in that role (a dump does not tell it)";
  private static final String ADMIN = "ADMIN OPTION or CREATEROLE, for membership";
  private static final String SETTING = "superuser, for this setting";
  private static final String BYPASSRLS = "BYPASSRLS";

  /** The right that the role needs, by the function that refused; no outcome depends on it. */
  private static final Map<String, String> BY_ROUTINE =
      Map.ofEntries(
          Map.entry("CreateRole", "CREATEROLE"),
          Map.entry("AlterRole", "CREATEROLE"),
          Map.entry("AlterRoleSet", "CREATEROLE"),
          Map.entry("DropRole", "CREATEROLE"),
          Map.entry("RenameRole", "CREATEROLE"),
          Map.entry("check_object_ownership", "CREATEROLE"),
          Map.entry("AddRoleMems", ADMIN),
          Map.entry("DelRoleMems", ADMIN),
          Map.entry("check_role_membership_authorization", ADMIN),
          Map.entry("check_role_grantor", ADMIN),
          Map.entry("call_string_check_hook", MEMBERSHIP),
          Map.entry("check_is_member_of_role", MEMBERSHIP),
          Map.entry("check_can_set_role", MEMBERSHIP),
          Map.entry("ExecAlterDefaultPrivilegesStmt", MEMBERSHIP),
          Map.entry("DropOwnedObjects", MEMBERSHIP),
          Map.entry("ReassignOwnedObjects", MEMBERSHIP),
          Map.entry("createdb", "CREATEDB"),
          Map.entry("ExecWithCheckOptions", BYPASSRLS),
          Map.entry("check_enable_rls", BYPASSRLS),
          Map.entry("execute_extension_script", "the right to install this extension"),
          Map.entry("CreateSubscription", "the right to manage subscriptions"),
          Map.entry("DoCopy", "the right to use files or programs of the server"),
          Map.entry("CreatePublication", "superuser, for a publication of all tables"),
          Map.entry("CreateEventTrigger", "superuser, for an event trigger"),
          Map.entry("CreateForeignDataWrapper", "superuser, for a foreign data wrapper"),
          Map.entry("CreateTableSpace", "superuser, for a tablespace"),
          Map.entry("EnableDisableTrigger", "superuser, for the triggers of foreign keys"),
          Map.entry("EnableDisableTriggerNew", "superuser, for the triggers of foreign keys"),
          Map.entry("EnableDisableTriggerNew2", "superuser, for the triggers of foreign keys"),
          Map.entry("AlterSystemSetConfigFile", SETTING),
          Map.entry("set_config_option", SETTING),
          Map.entry("set_config_option_ext", SETTING),
          Map.entry("set_config_with_handle", SETTING));

  /**
   * Returns the right for want of which PostgreSQL refused a statement, if it is not known.
   *
   * @param questions where the names in the message are looked up, since a message tells the kind
   *     of an object in words
   * @param rights how far those of the role are known
   */
  static Optional<UnknownRight> of(
      Statement statement, ServerError error, Questions questions, RoleRights rights) {
    String routine = error.routine().orElse("");
    if (!error.is(SqlState.INSUFFICIENT_PRIVILEGE)
        || error.isRaised()
        || OF_NO_RIGHT.contains(routine)) {
      return Optional.empty();
    }
    if (routine.startsWith(OF_AN_OBJECT)) {
      Optional<DeniedObject> object = denied(error, questions);
      boolean told =
          object.isPresent()
              ? isTold(object.get(), command(statement, error), rights)
              : rights == RoleRights.KNOWN;
      return told ? Optional.empty() : Optional.of(new UnknownRight(routine, object, rights));
    }
    boolean ofAnyRole =
        routine.startsWith(OF_A_SETTING)
            ? !isSuperusersSetting(error, questions)
            : concernsCatalogs(error, questions);
    // Of known rights those on settings alone are not told (GRANT … ON PARAMETER).
    boolean told = rights == RoleRights.KNOWN && !SETTING.equals(BY_ROUTINE.get(routine));
    return ofAnyRole || told
        ? Optional.empty()
        : Optional.of(new UnknownRight(routine, Optional.empty(), rights));
  }

  /** Returns true if production's role has no such right either. */
  private static boolean isTold(DeniedObject denied, Statement command, RoleRights rights) {
    ObjectKind kind = denied.object().kind();
    if (rights == RoleRights.KNOWN) {
      // A dump does not tell whose an extension is, nor who may use a tablespace.
      return kind != ObjectKind.EXTENSION && kind != ObjectKind.OTHER;
    }
    return !denied.ofSchema() && isDenied(command, kind);
  }

  /**
   * Returns the right that the role would need: an attribute, a membership, a right on an object.
   */
  public String needed() {
    return object
        .map(
            denied ->
                denied.ofSchema() ? "a right on " + denied.object().name() : on(denied.object()))
        .orElseGet(
            () ->
                routine.startsWith(OF_AN_OBJECT)
                    ? "a right on that object"
                    : BY_ROUTINE.getOrDefault(routine, "superuser"));
  }

  private static String on(DatabaseObject object) {
    QualifiedName name = object.name();
    return switch (object.kind()) {
      case EXTENSION -> "ownership of the extension (a dump does not tell it)";
      case EVENT_TRIGGER -> "superuser, for an event trigger";
      case FOREIGN_DATA_WRAPPER -> "superuser, for a foreign data wrapper";
      case LANGUAGE -> "superuser, for the untrusted language " + name;
      case DATABASE -> "ownership of the database";
      case OTHER -> "a right on the tablespace " + name;
      case FUNCTION -> "superuser, or a predefined role, for the function " + name;
      default -> "superuser, for PostgreSQL's own " + name;
    };
  }

  /** Returns the command that was refused: in a function or DO block, the one that it ran. */
  private static Statement command(Statement statement, ServerError error) {
    return error
        .innerCommand()
        .flatMap(inner -> Script.of(SourceText.of(inner)).statements().stream().findFirst())
        .orElse(statement);
  }

  /**
   * Returns true for what a superuser may not do either, which is to change the catalogs' relations
   * (<a
   * href="https://www.postgresql.org/docs/current/runtime-config-developer.html">allow_system_table_mods</a>).
   */
  private static boolean isDenied(Statement command, ObjectKind kind) {
    boolean creates = command.is(0, "create");
    return switch (kind) {
      case RELATION ->
          creates || command.is(0, "alter") || command.is(0, "drop") || command.is(0, "truncate");
      case SCHEMA ->
          creates
              && Effects.of(command).stream()
                  .anyMatch(effect -> effect.object().kind() == ObjectKind.RELATION);
      default -> false;
    };
  }

  /**
   * Returns the object that the message names last. Objects that initdb made have low oids (<a
   * href="https://www.postgresql.org/docs/current/system-catalog-initial-data.html">manual</a>);
   * members of an extension belong to whom it was installed by.
   */
  private static Optional<DeniedObject> denied(ServerError error, Questions questions) {
    List<String> words = MessageNames.words(error.message());
    String named =
        Stream.of(
                in("pg_class", "relname", ObjectKind.RELATION),
                in("pg_proc", "proname", ObjectKind.FUNCTION),
                in("pg_type", "typname", ObjectKind.TYPE) + " WHERE typrelid = 0",
                in("pg_namespace", "nspname", ObjectKind.SCHEMA),
                in("pg_ts_config", "cfgname", ObjectKind.TEXT_SEARCH),
                in("pg_ts_dict", "dictname", ObjectKind.TEXT_SEARCH),
                in("pg_opclass", "opcname", ObjectKind.OPERATOR_CLASS),
                in("pg_opfamily", "opfname", ObjectKind.OPERATOR_CLASS),
                in("pg_collation", "collname", ObjectKind.COLLATION),
                in("pg_statistic_ext", "stxname", ObjectKind.STATISTICS),
                in("pg_foreign_server", "srvname", ObjectKind.FOREIGN_SERVER),
                in("pg_publication", "pubname", ObjectKind.PUBLICATION),
                in("pg_language", "lanname", ObjectKind.LANGUAGE),
                in("pg_extension", "extname", ObjectKind.EXTENSION),
                in("pg_foreign_data_wrapper", "fdwname", ObjectKind.FOREIGN_DATA_WRAPPER),
                in("pg_event_trigger", "evtname", ObjectKind.EVENT_TRIGGER),
                in("pg_tablespace", "spcname", ObjectKind.OTHER),
                in("pg_database", "datname", ObjectKind.DATABASE))
            .collect(Collectors.joining(" UNION ALL "));
    List<Row> found =
        questions.ask(
            "SELECT name, CASE WHEN member THEN 'EXTENSION' ELSE kind END,"
                + " member OR initial OR kind IN ('LANGUAGE', 'EXTENSION', 'FOREIGN_DATA_WRAPPER',"
                + " 'EVENT_TRIGGER', 'OTHER', 'DATABASE')"
                + " FROM (SELECT kind, name, oid < 16384 AND name <> 'public' AS initial,"
                + " EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = class"
                + " AND d.objid = oid AND d.deptype = 'e') AS member FROM ("
                + named
                + ") AS named (kind, class, oid, name) WHERE name IN ("
                + words.stream()
                    .distinct()
                    .map(Identifiers::literal)
                    .collect(Collectors.joining(", "))
                + ")) AS found");
    Optional<String> last =
        found.stream()
            .map(row -> row.text(0))
            .max(Comparator.comparingInt((String name) -> words.lastIndexOf(name)));
    List<Row> those = found.stream().filter(row -> last.equals(Optional.of(row.text(0)))).toList();
    boolean ofSchema = !those.stream().allMatch(row -> row.isTrue(2));
    return those.stream()
        .filter(row -> row.isTrue(2) != ofSchema)
        .findFirst()
        .map(
            row ->
                new DeniedObject(
                    DatabaseObject.of(
                        ObjectKind.valueOf(row.text(1)), QualifiedName.of(row.text(0))),
                    ofSchema));
  }

  private static String in(String catalog, String name, ObjectKind kind) {
    return "SELECT '%s', 'pg_catalog.%s'::pg_catalog.regclass::pg_catalog.oid, oid, %s FROM pg_catalog.%s"
        .formatted(kind, catalog, name, catalog);
  }

  /** Returns false for a setting that no role may give within a SECURITY DEFINER function. */
  private static boolean isSuperusersSetting(ServerError error, Questions questions) {
    List<String> quoted = MessageNames.quoted(error.message());
    return quoted.isEmpty()
        || !questions
            .ask(
                "SELECT FROM pg_catalog.pg_settings WHERE context LIKE 'superuser%' AND name = "
                    + Identifiers.literal(quoted.getFirst()))
            .isEmpty();
  }

  private static boolean concernsCatalogs(ServerError error, Questions questions) {
    List<QualifiedName> quoted =
        MessageNames.quoted(error.message()).stream().map(QualifiedName::ofMessage).toList();
    return quoted.stream().anyMatch(name -> name.schema().equals(Optional.of("pg_catalog")))
        || (!quoted.isEmpty()
            && !questions
                .ask(
                    "SELECT FROM pg_catalog.pg_class WHERE oid < 16384 AND relname IN ("
                        + quoted.stream()
                            .map(name -> Identifiers.literal(name.name()))
                            .collect(Collectors.joining(", "))
                        + ")")
                .isEmpty());
  }
}
