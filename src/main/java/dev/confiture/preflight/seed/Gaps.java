package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what could not be restored, consequences under their first cause. */
final class Gaps {

  private final Script script;
  private final LostTo lostTo;
  private final List<GrowingGap> gaps = new ArrayList<>();
  private final List<String> advice = new ArrayList<>();
  private Optional<GrowingGap> rights = Optional.empty();
  private int withoutRights;

  Gaps(Script script) {
    this.script = script;
    this.lostTo = new LostTo(script);
  }

  /** A statement that was refused. */
  void add(Statement statement, ServerError error) {
    Optional<CreateExtension> extension = CreateExtension.of(statement);
    if (extension.isPresent()) {
      addExtension(extension.get().name(), statement, error);
    } else {
      lostTo
          .oneOf(gaps, statement, error)
          .orElseGet(() -> open(error.message(), error, statement))
          .lose(statement);
    }
  }

  /** A gap of the engine's own making. */
  void add(Statement statement, String reason) {
    open(reason, ServerError.of("", reason, Optional.empty()), statement).lose(statement);
  }

  /** An owner or a grant that this session may not give: all of them are one gap. */
  void addRight(Statement statement, ServerError error) {
    rights(statement, error);
  }

  /** A role that this session may not make; what it would own or be granted follows. */
  void addRole(String role, ServerError error) {
    rights(script.statements().getFirst(), error)
        .lose(DatabaseObject.of(ObjectKind.ROLE, QualifiedName.of(role)));
  }

  /** How to get what is missing, a sentence each. */
  List<String> advice() {
    return advice;
  }

  List<RestoreGap> all() {
    return gaps.stream().map(gap -> gap.asFound(reason(gap))).toList();
  }

  private String reason(GrowingGap gap) {
    if (rights.filter(gap::equals).isEmpty()) {
      return gap.reason();
    }
    return "this user may not make every role, owner and grant of the schema ("
        + withoutRights
        + (withoutRights == 1 ? " was" : " were")
        + " refused): "
        + gap.error().message();
  }

  private GrowingGap rights(Statement statement, ServerError error) {
    withoutRights++;
    if (rights.isEmpty()) {
      rights = Optional.of(open("rights", error, statement));
    }
    return rights.get();
  }

  private void addExtension(String extension, Statement statement, ServerError error) {
    String reason =
        error.is(SqlState.FEATURE_NOT_SUPPORTED) || error.is(SqlState.UNDEFINED_FILE)
            ? "extension " + extension + " is not installed here"
            : "extension " + extension + " could not be created: " + error.message();
    GrowingGap gap = GrowingGap.ofExtension(extension, reason, error, statement);
    gaps.add(gap);
    ExtensionAdvice.of(extension).ifPresent(advice::add);
    ExtensionObjects.of(extension).forEach(gap::lose);
  }

  private GrowingGap open(String reason, ServerError error, Statement statement) {
    GrowingGap gap = GrowingGap.of(reason, error, statement);
    gaps.add(gap);
    return gap;
  }
}
