package dev.confiture.preflight.recording;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.AssembledText;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one migration sent.
 *
 * @param messages its own messages, in order; where it failed at one, that is the last
 * @param record the message that recorded it in the ledger; empty where it did not come to that
 * @param inBlock true if the framework had opened a transaction for it
 * @param stopped why it ended before that, where the server did not refuse the last message
 */
record Recorded(
    List<String> messages, Optional<String> record, boolean inBlock, Optional<String> stopped) {

  private static final String COMMIT = "COMMIT";

  /** Begins what undoes a migration. */
  private static final Pattern DOWN =
      Pattern.compile(
          "\\bdef down|\\basync down\\b|exports\\.down\\b|\\breverse_sql\\b|void Down\\(");

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_]+");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  Recorded {
    messages = List.copyOf(messages);
  }

  /** Returns the same, ended for this reason. */
  Recorded stopped(String why) {
    return new Recorded(messages, record, inBlock, Optional.of(why));
  }

  /** Returns how the framework executes it. */
  Execution execution(Execution usual) {
    Execution sent =
        usual.with(new Execution.Send.Parts(starts(messages(usual.scope())))).recordedBy(record);
    return inBlock || usual.scope() == Execution.Scope.RUN
        ? sent
        : sent.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.WholeFile(),
            Execution.EndOfFile.TOOL_COMMITS);
  }

  /**
   * Returns its messages. One that ends the framework's transaction itself commits what the
   * migrations before it did, where they have one for all, and leaves another open for its record.
   */
  private List<String> messages(Execution.Scope scope) {
    List<String> own = new ArrayList<>();
    boolean run = scope == Execution.Scope.RUN;
    if (run && !inBlock) {
      own.add(COMMIT);
    }
    for (String message : messages) {
      boolean opened = !own.isEmpty() && isBegin(own.getLast());
      if (opened && isEnd(message)) {
        // It has asked something, no more.
        own.removeLast();
      } else if (!isEnd(message) || holdsWork(own)) {
        own.add(message);
      }
    }
    while (!run && !own.isEmpty() && isBegin(own.getLast())) {
      own.removeLast();
    }
    return own;
  }

  private static boolean holdsWork(List<String> messages) {
    return messages.stream().anyMatch(message -> !isBoundary(message));
  }

  private static boolean isBegin(String message) {
    return isBoundary(message) && !isEnd(message);
  }

  private static boolean isEnd(String message) {
    return control(message).filter(TransactionControl::endsTransaction).isPresent();
  }

  private static boolean isBoundary(String message) {
    return control(message).filter(TransactionControl::isBoundary).isPresent();
  }

  private static Optional<TransactionControl> control(String message) {
    List<Statement> statements = Script.of(SourceText.of(message)).statements();
    return statements.size() == 1 ? TransactionControl.of(statements.getFirst()) : Optional.empty();
  }

  /** Returns where messages start in the text of them all. */
  private static List<Integer> starts(List<String> messages) {
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    for (String message : messages) {
      starts.add(at);
      at += message.codePointCount(0, message.length()) + end(message).length();
    }
    return starts;
  }

  private static String end(String message) {
    return message.stripTrailing().endsWith(";") ? "\n" : ";\n";
  }

  /**
   * Returns a migration with this as its text: each message at its place in the file, where it
   * stands there, else at the line that has most of its names.
   */
  Migration in(Migration listed, Execution.Scope scope) {
    List<String> own = messages(scope);
    SourceText file = listed.text().source().orElseGet(() -> SourceText.of(""));
    AssembledText text = new AssembledText();
    int from = 0;
    for (String message : own) {
      Optional<Integer> place = find(file, message, from);
      from = place.orElse(from);
      if (place.isPresent()) {
        addInPlace(text, file, message, from);
      } else {
        text.add(message, file, Optional.empty(), nearest(file, message, from));
      }
      text.add(end(message), file, Optional.empty(), from);
    }
    Migration recorded =
        new Migration(
            listed.file(),
            new MigrationText.Sql(
                file,
                own.isEmpty() ? Script.of(SourceText.of("")) : Script.of(text.text(), starts(own))),
            Optional.empty(),
            true,
            List.of(),
            List.of(),
            List.of());
    return stopped
        .map(
            why ->
                recorded.refusing(
                    List.of(
                        new Refusal(
                            Refusal.Stage.FILE,
                            0,
                            0,
                            why,
                            Optional.of("run the command by itself to see all that it says")))))
        .orElse(recorded);
  }

  /** Finds a message in a file, whatever blanks divide its words there. */
  private static Optional<Integer> find(SourceText file, String message, int from) {
    String[] words = BLANKS.split(message.strip(), -1);
    String source = file.text();
    int before = source.offsetByCodePoints(0, from);
    if (words[0].isEmpty()) {
      return Optional.empty();
    }
    return find(source, words, before)
        .or(() -> find(source, words, 0))
        .map(at -> source.codePointCount(0, at));
  }

  private static Optional<Integer> find(String source, String[] words, int from) {
    for (int at = source.indexOf(words[0], from); at >= 0; at = source.indexOf(words[0], at + 1)) {
      if (stands(source, words, at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Returns true if these words stand one behind the other, with blanks between them. */
  private static boolean stands(String source, String[] words, int start) {
    int at = start;
    for (int i = 0; i < words.length; i++) {
      int blanks = at;
      while (i > 0 && at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      if ((i > 0 && at == blanks) || !source.startsWith(words[i], at)) {
        return false;
      }
      at += words[i].length();
    }
    return true;
  }

  /** Adds a message word for word, each at its own place in the file. */
  private static void addInPlace(AssembledText text, SourceText file, String message, int start) {
    int[] words = message.codePoints().toArray();
    int at = start;
    int i = 0;
    while (i < words.length) {
      boolean blank = Character.isWhitespace(words[i]);
      int end = i;
      while (end < words.length && Character.isWhitespace(words[end]) == blank) {
        end++;
      }
      if (blank) {
        text.add(new String(words, i, end - i), file, Optional.empty(), at);
        while (i > 0 && at < file.length() && Character.isWhitespace(file.codePointAt(at))) {
          at++;
        }
      } else {
        text.add(file, Optional.empty(), at, at + end - i);
        at += end - i;
      }
      i = end;
    }
  }

  /** Returns the line of a file that has most of the names of a message. */
  private static int nearest(SourceText file, String message, int from) {
    Set<String> names = new HashSet<>();
    Script.of(SourceText.of(message))
        .statements()
        .forEach(
            statement ->
                statement.tokens().stream()
                    .filter(Token::isIdentifier)
                    .forEach(token -> names.add(token.identifier())));
    int best = from;
    int most = 0;
    int lines = file.lineCount();
    for (int line = 1; line <= lines; line++) {
      if (DOWN.matcher(file.line(line)).find()) {
        break;
      }
      Set<String> there = new HashSet<>(List.of(NO_WORD.split(file.line(line), -1)));
      int count = (int) names.stream().filter(there::contains).count();
      if (count > most) {
        most = count;
        best = file.lineStart(line) + indent(file.line(line));
      }
    }
    return best;
  }

  private static int indent(String line) {
    return line.codePointCount(0, line.length() - line.stripLeading().length());
  }
}
