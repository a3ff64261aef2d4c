package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the ledgers that a schema has, before anything is restored: where the names of files are
 * those of several tools, the table that one of them keeps tells.
 */
@FunctionalInterface
public interface LedgerSearch {

  /** There is no schema to look into. */
  LedgerSearch NONE = _ -> Optional.empty();

  /** Returns the name of a tool's ledger, if the schema has it. */
  Optional<QualifiedName> find(LedgerFormat format);

  /** Looks into a database. */
  static LedgerSearch in(Session session) {
    return format ->
        LedgerTable.all(session, format.name().name(), format).stream()
            .filter(table -> table.isOf(format))
            .map(LedgerTable::name)
            .findFirst();
  }

  /** Looks into a database that is still to be connected to; finds none where that fails. */
  static LedgerSearch in(ConnectionString database) {
    return format -> {
      try (Session session = Session.openReadOnly(database, Map.of())) {
        return in(session).find(format);
      } catch (SessionException refused) {
        // Whoever needs the server says what is wrong with it.
        return Optional.empty();
      }
    };
  }

  /** Looks into a schema file. */
  static LedgerSearch in(Script schema) {
    return format ->
        schema.statements().stream()
            .filter(statement -> statement.startsWith("create", "table"))
            .flatMap(statement -> ledger(statement, format).stream())
            .findFirst();
  }

  private static Optional<QualifiedName> ledger(Statement statement, LedgerFormat format) {
    List<DatabaseObject> made =
        Effects.of(statement).stream()
            .filter(effect -> effect.change() == Effect.Change.MAKES)
            .map(Effect::object)
            .toList();
    List<String> columns =
        made.stream()
            .filter(object -> object.kind() == ObjectKind.COLUMN)
            .map(column -> column.name().name())
            .toList();
    return made.stream()
        .filter(object -> object.kind() == ObjectKind.RELATION)
        .map(DatabaseObject::name)
        .filter(
            name ->
                name.name().equals(format.name().name())
                    && format.liesWith(name)
                    && format.isMetBy(columns))
        .findFirst();
  }
}
