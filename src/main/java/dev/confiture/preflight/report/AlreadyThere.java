package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RelationFacts;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of an object that a statement would make and that exists. */
final class AlreadyThere {

  private final Report report;
  private final Makers makers;

  AlreadyThere(Report report) {
    this.report = report;
    this.makers = Makers.of(report.migrations());
  }

  List<String> of(Failure failure, JudgedMigration migration) {
    List<String> lines = new ArrayList<>();
    Optional<String> name = NamedInMessage.object(failure.error());
    Optional<RelationFacts> relation =
        failure.error().is(SqlState.DUPLICATE_TABLE)
            ? failure.evidence().relations().stream()
                .filter(r -> name.filter(r.name().name()::equals).isPresent())
                .findFirst()
            : Optional.empty();
    relation.ifPresent(
        r -> {
          lines.add("the schema has " + described(r));
          differences(failure, r).ifPresent(lines::add);
        });
    String version = migration.rehearsed().migration().version();
    lines.add(
        name.flatMap(n -> makers.madeEarlier(n, failure, migration.rehearsed().migration().file()))
            .orElseGet(
                () ->
                    version + " is taken as not applied (" + report.pending().selectedBy() + ")"));
    return lines;
  }

  private String described(RelationFacts relation) {
    String columns =
        relation.columns().isEmpty() || relation.kind().equals("index")
            ? ""
            : ", columns: " + String.join(", ", relation.columnNames());
    return relation.name()
        + " ("
        + relation.kind()
        + ", owner "
        + relation.owner()
        + rows(relation)
        + columns
        + ")";
  }

  /** As production's server last counted them. */
  private String rows(RelationFacts relation) {
    return report.production().stream()
        .flatMap(production -> production.tables().stream())
        .filter(table -> table.name().equals(relation.name()) && table.rows().isPresent())
        .findFirst()
        .map(
            table ->
                String.format(
                    Locale.ROOT, ", about %,d rows in production", table.rows().orElseThrow()))
        .orElse("");
  }

  /** {@code columns differ, this file's against the schema's: +payload jsonb, -note text}. */
  private static Optional<String> differences(Failure failure, RelationFacts relation) {
    Optional<Statement> statement = failure.statement().map(place -> place.statement());
    List<RelationFacts.Column> here =
        statement
            .filter(s -> relation.kind().equals("table"))
            .map(s -> FileColumns.of(s, relation.name().name()))
            .orElse(List.of());
    if (here.isEmpty()) {
      return Optional.empty();
    }
    List<String> signs = new ArrayList<>();
    signs(signs, "+", here, relation.columns());
    signs(signs, "-", relation.columns(), here);
    return Optional.of(
        signs.isEmpty()
            ? "its columns have the names that this file gives them"
            : "columns differ, this file's against the schema's: " + String.join(", ", signs));
  }

  /** By their names: a type has more than one, so that two that look different may be the same. */
  private static void signs(
      List<String> signs,
      String sign,
      List<RelationFacts.Column> columns,
      List<RelationFacts.Column> others) {
    for (RelationFacts.Column column : columns) {
      if (others.stream().noneMatch(other -> other.name().equals(column.name()))) {
        signs.add((sign + column.name() + " " + column.type()).strip());
      }
    }
  }
}
