package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.AssembledText;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file as Flyway reads it: placeholders replaced, comments and strings not spared, and split into
 * statements, of which it tells by their first words whether they run in a transaction.
 *
 * @param script what is sent, at the file's places
 * @param parts where what is sent starts, where the text has commands of psql: to Flyway they
 *     belong to the statement behind them
 * @param outside the statements that Flyway sends without a transaction
 * @param refusals the placeholders for which it does not run the file
 */
record FlywayText(
    Script script, Optional<List<Integer>> parts, List<Statement> outside, List<Refusal> refusals) {

  /** The words outside parentheses, as Flyway's PostgreSQLParser matches them. */
  private static final Pattern NON_TRANSACTIONAL =
      Pattern.compile(
          "(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM"
              + "|(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY"
              + "|REINDEX( VERBOSE)? (SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD ALL");

  private static final int MOST_WORDS = 4;

  FlywayText {
    outside = List.copyOf(outside);
    refusals = List.copyOf(refusals);
  }

  /**
   * Reads a file.
   *
   * @param placeholders what is replaced; empty where nothing is
   */
  static FlywayText of(SourceText file, Optional<Placeholders> placeholders) {
    List<Refusal> refusals = new ArrayList<>();
    SourceText sent =
        placeholders
            .filter(each -> file.text().contains(each.prefix()))
            .map(each -> new Replacing(file, each, refusals).replaced())
            .orElse(file);
    Script script = Script.of(sent);
    Optional<List<Integer>> parts = Optional.empty();
    if (script.pieces().stream().anyMatch(Piece.MetaCommand.class::isInstance)) {
      List<Integer> starts = new ArrayList<>(List.of(sent.hasByteOrderMark() ? 1 : 0));
      script.statements().forEach(statement -> starts.add(statement.end()));
      parts = Optional.of(starts);
      script = Script.of(sent, starts);
    }
    return new FlywayText(
        script,
        parts,
        script.statements().stream().filter(FlywayText::isOutside).toList(),
        refusals);
  }

  private static boolean isOutside(Statement statement) {
    StringBuilder words = new StringBuilder();
    int depth = 0;
    int count = 0;
    for (Token token : statement.tokens()) {
      depth += token.parenthesis();
      if (depth == 0 && token.kind() == Token.Kind.WORD) {
        words.append(count == 0 ? "" : " ").append(token.text().toUpperCase(Locale.ROOT));
        if (NON_TRANSACTIONAL.matcher(words).matches()) {
          return true;
        }
        count++;
      }
      if (count == MOST_WORDS) {
        break;
      }
    }
    return false;
  }

  /** Returns the first statement at which one of both kinds is there, beside the other. */
  Optional<Statement> firstOfMixed() {
    List<Statement> all = script.statements();
    return all.stream()
        .filter(statement -> outside.contains(statement) != outside.contains(all.getFirst()))
        .findFirst();
  }

  /**
   * What is replaced in files.
   *
   * @param values the values by name in lower case
   * @param unknown the names in lower case of those whose value only the deployment knows, unless
   *     one is given
   * @param prefix what stands before a name
   * @param suffix what stands behind it
   */
  record Placeholders(
      Map<String, String> values, Set<String> unknown, String prefix, String suffix) {

    private static final Set<String> ALWAYS_UNKNOWN =
        Set.of("flyway:user", "flyway:database", "flyway:workingdirectory", "flyway:environment");

    Placeholders {
      values = Map.copyOf(values);
      unknown = Set.copyOf(unknown);
    }

    private Optional<String> value(String name) {
      return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    private boolean isUnknown(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return ALWAYS_UNKNOWN.contains(lower) || unknown.contains(lower);
    }

    /** Returns the same with another value of one. */
    Placeholders with(String name, String value) {
      Map<String, String> all = new HashMap<>(values);
      all.put(name, value);
      return new Placeholders(all, unknown, prefix, suffix);
    }
  }

  /** Replaces the placeholders of one file. */
  private static final class Replacing {

    private final SourceText file;
    private final Placeholders placeholders;
    private final List<Refusal> refusals;
    private final AssembledText sent = new AssembledText();

    Replacing(SourceText file, Placeholders placeholders, List<Refusal> refusals) {
      this.file = file;
      this.placeholders = placeholders;
      this.refusals = refusals;
    }

    SourceText replaced() {
      String text = file.text();
      String prefix = placeholders.prefix();
      String suffix = placeholders.suffix();
      int from = 0;
      int offset = 0;
      for (int start = text.indexOf(prefix); start >= 0; start = text.indexOf(prefix, from)) {
        int end = text.indexOf(suffix, start + prefix.length());
        String name = text.substring(start + prefix.length(), end < 0 ? text.length() : end);
        int after = end < 0 ? text.length() : end + suffix.length();
        int place = offset + text.codePointCount(from, start);
        sent.add(file, Optional.empty(), offset, place);
        Optional<String> value = placeholders.value(name);
        String written = text.substring(start, after);
        int length = written.codePointCount(0, written.length());
        if (value.isEmpty()) {
          refuse(name, written, length);
        }
        sent.add(value.orElse(written), file, Optional.empty(), place);
        offset = place + length;
        from = after;
      }
      sent.add(file, Optional.empty(), offset, file.length());
      return sent.text();
    }

    private void refuse(String name, String written, int length) {
      int start = sent.length();
      boolean ofDeployment = placeholders.isUnknown(name);
      refusals.add(
          new Refusal(
              ofDeployment ? Refusal.Stage.NOT_REHEARSABLE : Refusal.Stage.NOT_RUN,
              start,
              start + length,
              ofDeployment
                  ? "the value of " + written + " is the deployment's, which is not known here"
                  : "Flyway does not run the file: No value provided for placeholder: "
                      + written.lines().findFirst().orElse(written)
                      + ". Check your configuration!",
              Optional.of(
                  "give its value as the deployment does: in Flyway's configuration file, or with"
                      + " --placeholder "
                      + name.lines().findFirst().orElse(name)
                      + "=VALUE")));
    }
  }
}
