package dev.confiture.preflight.report;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.rehearsal.Place.OtherFile;
import dev.confiture.preflight.rehearsal.RelationFacts;
import dev.confiture.preflight.verdict.DuplicateHints;
import dev.confiture.preflight.verdict.DuplicateHints.DuplicateObject;
import dev.confiture.preflight.verdict.FailureHints;
import dev.confiture.preflight.verdict.FailureHints.AlsoUsed;
import dev.confiture.preflight.verdict.JudgedMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes one failure: the server's words, the excerpt, which statement, and what is known of it.
 */
final class FailureText {

  private static final int MOST_CONTEXT_LINES = 8;
  private static final int MOST_COLUMNS = 30;

  private final JudgedMigration migration;
  private final Report report;

  FailureText(JudgedMigration migration, Report report) {
    this.migration = migration;
    this.report = report;
  }

  /** Returns what the server said besides its first sentence. */
  List<String> words(Failure failure) {
    List<String> lines = new ArrayList<>();
    failure.error().detail().ifPresent(detail -> labelled(lines, "DETAIL: ", detail));
    failure.error().hint().ifPresent(hint -> labelled(lines, "HINT: ", hint));
    context(failure).ifPresent(context -> labelled(lines, "CONTEXT: ", context));
    return lines;
  }

  /** Adds the lines around the place. */
  void excerpt(Failure failure, Page page) {
    failure
        .place()
        .elsewhere()
        .map(OtherFile::text)
        .or(() -> migration.rehearsed().migration().text().source())
        .ifPresent(source -> Excerpt.add(source, failure.place(), page));
  }

  /** Returns which statement it is, and what the schema and earlier migrations have. */
  List<String> facts(Failure failure) {
    List<String> lines = new ArrayList<>();
    failure
        .statement()
        .map(place -> statement(failure, place))
        .or(() -> ofTheFile(failure))
        .ifPresent(lines::add);
    lines.addAll(report.hints().oddCharacters(failure));
    List<QualifiedName> elsewhere = report.hints().inOtherSchemas(failure);
    if (!elsewhere.isEmpty()) {
      lines.add(
          "there is "
              + Words.few(elsewhere, MOST_COLUMNS)
              + report
                  .hints()
                  .advice(
                      ", outside the search path: if production's database or role sets one, a"
                          + " dump made by pg_dump -C, or --source, tells it"));
    }
    report.hints().missingColumn(failure).forEach(table -> lines.add(columns(table)));
    report
        .hints()
        .duplicateObject(failure, migration.rehearsed().migration().file())
        .ifPresent(duplicate -> duplicate(lines, duplicate));
    return lines;
  }

  /** Returns the calls that led to the error, unless the place is that of the only one. */
  private static Optional<String> context(Failure failure) {
    boolean shown = failure.place().foundBy() == Place.FoundBy.BODY_LINE;
    return failure
        .error()
        .where()
        .filter(where -> !shown || where.lines().count() > 1)
        .map(where -> where.lines().limit(MOST_CONTEXT_LINES).collect(Collectors.joining("\n")));
  }

  private static void labelled(List<String> lines, String label, String text) {
    String indent = " ".repeat(label.length());
    boolean first = true;
    for (String line : text.lines().toList()) {
      lines.add((first ? label : indent) + line);
      first = false;
    }
  }

  private String statement(Failure failure, StatementPlace place) {
    StringBuilder text = new StringBuilder();
    text.append("statement ").append(place.number()).append(" of ").append(place.total());
    place
        .action()
        .ifPresent(
            action ->
                text.append(", action ")
                    .append(action.number())
                    .append(" of ")
                    .append(action.total()));
    switch (failure.source()) {
      case COMMIT -> text.append(", at COMMIT");
      case LEDGER -> text.append("; the tool's own record of the migration then fails");
      case SERVER, TOOL, LIMIT, BACKEND, UNSUPPORTED -> {}
    }
    report.hints().alsoUsed(failure).ifPresent(also -> text.append("; ").append(alsoUsed(also)));
    return text.toString();
  }

  /**
   * Returns when the server refused a file of which no statement alone is known to be behind it.
   */
  private static Optional<String> ofTheFile(Failure failure) {
    String unknown = ": no statement alone was found to be behind it, so that its place is unknown";
    return failure.error().routine().isEmpty()
        ? Optional.empty()
        : switch (failure.source()) {
          case COMMIT -> Optional.of("at COMMIT" + unknown);
          case LEDGER -> Optional.of("in the tool's own record of the migration" + unknown);
          case SERVER, TOOL, LIMIT, BACKEND, UNSUPPORTED -> Optional.empty();
        };
  }

  private static String alsoUsed(AlsoUsed also) {
    return also.name()
        + " is also used on line"
        + (also.lines().size() > 1 ? "s " : " ")
        + String.join(", ", also.lines().stream().map(String::valueOf).toList());
  }

  /** Writes {@code public.users has: id, nick_name (closest: nick_name)}. */
  private static String columns(FailureHints.Columns table) {
    return table.table()
        + " has: "
        + Words.few(table.columns(), MOST_COLUMNS)
        + table.closest().map(closest -> "   (closest: " + closest + ")").orElse("");
  }

  private void duplicate(List<String> lines, DuplicateObject duplicate) {
    duplicate
        .relation()
        .ifPresent(
            relation -> {
              lines.add("the schema has " + described(relation));
              if (!duplicate.fileColumns().isEmpty()) {
                lines.add(differences(duplicate.fileColumns(), relation.columns()));
              }
            });
    lines.add(
        duplicate
            .earlier()
            .map(FailureText::earlier)
            .orElseGet(
                () ->
                    migration.rehearsed().migration().version()
                        + " is taken as not applied ("
                        + report.pending().selectedBy()
                        + ")"));
  }

  private static String earlier(DuplicateHints.Earlier made) {
    return made.file().title()
        + ", earlier in this run, makes it too"
        + (made.ifNotExists() ? " unless it exists" : "")
        + " (line "
        + made.line()
        + ")";
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

  /** Returns the number of rows as production's server last counted them. */
  private String rows(RelationFacts relation) {
    return report.seed().production().stream()
        .flatMap(production -> production.tables().stream())
        .filter(table -> table.name().equals(relation.name()) && table.rows().isPresent())
        .findFirst()
        .map(
            table ->
                String.format(
                    Locale.ROOT, ", about %,d rows in production", table.rows().orElseThrow()))
        .orElse("");
  }

  /**
   * Writes {@code columns differ, this file's against the schema's: +payload jsonb, -note text}.
   */
  private static String differences(
      List<RelationFacts.Column> here, List<RelationFacts.Column> there) {
    List<String> signs = new ArrayList<>();
    signs(signs, "+", here, there);
    signs(signs, "-", there, here);
    return signs.isEmpty()
        ? "its columns have the names that this file gives them"
        : "columns differ, this file's against the schema's: " + String.join(", ", signs);
  }

  /** Compares names alone: a type has more than one, so that two may look different and be one. */
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
