package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.OtherFile;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.rehearsal.StatementPlace;
import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One failure: the server's words, the excerpt, which statement, and what the schema has. */
final class FailureText {

  private static final int MOST_CONTEXT_LINES = 8;

  private final JudgedMigration migration;
  private final AlreadyThere alreadyThere;

  FailureText(JudgedMigration migration, AlreadyThere alreadyThere) {
    this.migration = migration;
    this.alreadyThere = alreadyThere;
  }

  /** What the server said besides its first sentence. */
  List<String> words(Failure failure) {
    List<String> lines = new ArrayList<>();
    failure.error().detail().ifPresent(detail -> labelled(lines, "DETAIL: ", detail));
    failure.error().hint().ifPresent(hint -> labelled(lines, "HINT: ", hint));
    context(failure).ifPresent(context -> labelled(lines, "CONTEXT: ", context));
    return lines;
  }

  /** Adds the lines around its place. */
  void excerpt(Failure failure, Page page) {
    source(failure).ifPresent(source -> Excerpt.add(source, failure.place(), page));
  }

  /** Which statement, and what the schema has. */
  List<String> facts(Failure failure) {
    List<String> lines = new ArrayList<>();
    failure.statement().ifPresent(place -> lines.add(statement(failure, place)));
    lines.addAll(instead(failure));
    return lines;
  }

  /** The text that its place is in. */
  private Optional<SourceText> source(Failure failure) {
    return failure
        .place()
        .elsewhere()
        .map(OtherFile::text)
        .or(() -> migration.rehearsed().migration().text().source());
  }

  /** The calls that led to the error, unless the place is that of the only one. */
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

  private static String statement(Failure failure, StatementPlace place) {
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
    AlsoUsed.of(failure).ifPresent(also -> text.append("; ").append(also));
    return text.toString();
  }

  private List<String> instead(Failure failure) {
    return switch (failure.error().sqlState()) {
      case SqlState.UNDEFINED_COLUMN -> MissingColumn.of(failure);
      case SqlState.DUPLICATE_TABLE,
          SqlState.DUPLICATE_COLUMN,
          SqlState.DUPLICATE_OBJECT,
          SqlState.DUPLICATE_FUNCTION,
          SqlState.DUPLICATE_SCHEMA ->
          alreadyThere.of(failure, migration);
      default -> List.of();
    };
  }
}
