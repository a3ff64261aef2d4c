package dev.confiture.preflight.report;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RelationFacts;
import dev.confiture.preflight.sql.Mentions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the tables of a failed statement have in place of a column that is not there. */
final class MissingColumn {

  private static final int MOST_COLUMNS = 30;
  private static final int MOST_TABLES = 3;
  private static final Set<String> WITHOUT_COLUMNS = Set.of("index", "sequence");

  private MissingColumn() {}

  /** {@code public.users has: id, nick_name (closest: nick_name)}. */
  static List<String> of(Failure failure) {
    String wanted = NamedInMessage.object(failure.error()).orElse("");
    List<RelationFacts> tables =
        failure.evidence().relations().stream()
            .filter(r -> !r.columns().isEmpty() && !WITHOUT_COLUMNS.contains(r.kind()))
            .toList();
    return shown(failure, wanted, tables).stream().map(table -> line(table, wanted)).toList();
  }

  /** The table that the message means; else those with a similar column; else all. */
  private static List<RelationFacts> shown(
      Failure failure, String wanted, List<RelationFacts> tables) {
    Optional<RelationFacts> table =
        NamedInMessage.table(failure.error())
            .flatMap(
                name -> tables.stream().filter(facts -> isMeant(facts, name, failure)).findFirst());
    if (table.isPresent()) {
      return List.of(table.get());
    }
    List<RelationFacts> similar =
        tables.stream().filter(t -> ClosestName.of(wanted, t.columnNames()).isPresent()).toList();
    List<RelationFacts> all = similar.isEmpty() ? tables : similar;
    return all.subList(0, Math.min(MOST_TABLES, all.size()));
  }

  private static boolean isMeant(RelationFacts table, String name, Failure failure) {
    Set<QualifiedName> meant =
        failure
            .statement()
            .map(place -> Mentions.meantBy(name, place.statement()))
            .orElse(Set.of());
    return meant.isEmpty()
        ? table.name().name().equals(name)
        : meant.stream().anyMatch(table.name()::matches);
  }

  private static String line(RelationFacts table, String wanted) {
    List<String> columns = table.columnNames();
    return table.name()
        + " has: "
        + String.join(", ", columns.subList(0, Math.min(MOST_COLUMNS, columns.size())))
        + (columns.size() > MOST_COLUMNS ? " and " + (columns.size() - MOST_COLUMNS) + " more" : "")
        + ClosestName.of(wanted, columns).map(c -> "   (closest: " + c + ")").orElse("");
  }
}
