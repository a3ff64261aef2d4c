package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
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

  /** Those whose value only the deployment knows. */
  private static final Set<String> OF_THE_DEPLOYMENT =
      Set.of("flyway:user", "flyway:database", "flyway:workingdirectory", "flyway:environment");

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
   * @param values the values of placeholders by name in lower case; empty where none is replaced
   */
  static FlywayText of(
      SourceText file, Optional<Map<String, String>> values, String prefix, String suffix) {
    List<Refusal> refusals = new ArrayList<>();
    SourceText sent =
        values
            .filter(_ -> file.text().contains(prefix))
            .map(each -> new Replacing(file, each, prefix, suffix, refusals).replaced())
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

  /** Replaces the placeholders of one file. */
  private static final class Replacing {

    private final SourceText file;
    private final Map<String, String> values;
    private final String prefix;
    private final String suffix;
    private final List<Refusal> refusals;
    private final StringBuilder sent = new StringBuilder();
    private final List<Integer> origins = new ArrayList<>();

    Replacing(
        SourceText file,
        Map<String, String> values,
        String prefix,
        String suffix,
        List<Refusal> refusals) {
      this.file = file;
      this.values = values;
      this.prefix = prefix;
      this.suffix = suffix;
      this.refusals = refusals;
    }

    SourceText replaced() {
      String text = file.text();
      int from = 0;
      int offset = 0;
      for (int start = text.indexOf(prefix); start >= 0; start = text.indexOf(prefix, from)) {
        int end = text.indexOf(suffix, start + prefix.length());
        String name = text.substring(start + prefix.length(), end < 0 ? text.length() : end);
        int after = end < 0 ? text.length() : end + suffix.length();
        offset = add(text.substring(from, start), offset, true);
        String value = values.get(name.toLowerCase(Locale.ROOT));
        String written = text.substring(start, after);
        int length = written.codePointCount(0, written.length());
        if (value == null) {
          refuse(name, written, length);
        }
        add(value == null ? written : value, offset, false);
        offset += length;
        from = after;
      }
      offset = add(text.substring(from), offset, true);
      origins.add(offset);
      return SourceText.derived(sent.toString(), new Places(file, List.copyOf(origins)));
    }

    private int add(String text, int offset, boolean moves) {
      sent.append(text);
      int at = offset;
      int length = text.codePointCount(0, text.length());
      for (int i = 0; i < length; i++) {
        origins.add(at);
        at += moves ? 1 : 0;
      }
      return at;
    }

    private void refuse(String name, String written, int length) {
      int start = origins.size();
      boolean ofDeployment = OF_THE_DEPLOYMENT.contains(name.toLowerCase(Locale.ROOT));
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

  /** The places of a text with placeholders replaced: all of a value is at its placeholder. */
  private record Places(SourceText file, List<Integer> origins) implements SourceText.Origin {

    @Override
    public Position position(int offset) {
      return file.position(origins.get(Math.clamp(offset, 0, origins.size() - 1)));
    }

    @Override
    public boolean isExact(int offset) {
      return true;
    }
  }
}
