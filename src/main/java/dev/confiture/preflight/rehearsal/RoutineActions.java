package dev.confiture.preflight.rehearsal;

import java.util.List;

/**
 * Which words an ALTER TABLE action holds when one of the server's routines refuses it.
 *
 * <p>The names are those of PostgreSQL's {@code tablecmds.c}, {@code parse_utilcmd.c} and {@code
 * parse_relation.c}; they reach the client as error field R and are the same in every language.
 */
final class RoutineActions {

  private RoutineActions() {}

  /** The alternatives, each a run of words; empty for a routine that tells nothing. */
  static List<List<String>> words(String routine) {
    return switch (routine) {
      case "ATExecSetNotNull", "ATPrepSetNotNull", "set_attnotnull" ->
          List.of(List.of("set", "not", "null"));
      case "ATExecDropNotNull", "ATPrepDropNotNull" -> List.of(List.of("drop", "not", "null"));
      case "ATExecColumnDefault" -> List.of(List.of("set", "default"), List.of("drop", "default"));
      case "ATPrepAlterColumnType", "ATExecAlterColumnType", "ATParseTransformCmd" ->
          List.of(List.of("type"));
      case "ATExecDropColumn" -> List.of(List.of("drop"));
      case "ATExecDropConstraint" -> List.of(List.of("drop", "constraint"));
      case "ATExecValidateConstraint" -> List.of(List.of("validate"));
      case "ATExecAlterConstraint" -> List.of(List.of("alter", "constraint"));
      case "check_for_column_name_collision", "ATExecAddColumn" -> List.of(List.of("add"));
      case "ATExecSetStatistics" -> List.of(List.of("set", "statistics"));
      case "ATExecSetStorage" -> List.of(List.of("set", "storage"));
      case "ATExecSetCompression" -> List.of(List.of("set", "compression"));
      case "ATExecAddIdentity" -> List.of(List.of("add", "generated"));
      case "ATExecDropIdentity" -> List.of(List.of("drop", "identity"));
      case "ATExecDropExpression" -> List.of(List.of("drop", "expression"));
      case "transformColumnNameList", "ATAddForeignKeyConstraint", "transformFkeyCheckAttrs" ->
          List.of(List.of("foreign", "key"), List.of("references"));
      case "errorMissingColumn", "errorMissingRTE" ->
          List.of(List.of("check"), List.of("default"), List.of("using"), List.of("generated"));
      case "transformIndexConstraint", "ComputeIndexAttrs" ->
          List.of(List.of("unique"), List.of("primary", "key"), List.of("exclude"));
      case "ParseFuncOrColumn" ->
          List.of(List.of("check"), List.of("default"), List.of("using"), List.of("generated"));
      case "EnableDisableTrigger" -> List.of(List.of("trigger"));
      default -> List.of();
    };
  }
}
