package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A changelog in <a href="https://docs.liquibase.com/concepts/changelogs/sql-format.html">formatted
 * SQL</a>: comments that mark changesets, and what each says of itself.
 */
final class FormattedSql {

  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE;

  private static final Pattern FIRST =
      Pattern.compile("\\s*+--\\s*+liquibase\\s*+formatted.*", ANY_CASE);
  private static final Pattern CHANGESET =
      Pattern.compile(
          "\\s*+--\\s*+changeset\\s++(\"[^\"]++\"|[^:]++):(\"[^\"]++\"|\\S++)(.*+)", ANY_CASE);
  private static final Pattern NO_CHANGESET = Pattern.compile("\\s*+--?\\s*+changeset.*", ANY_CASE);
  private static final Pattern ROLLBACK = Pattern.compile("\\s*+--\\s*+rollback (.*)", ANY_CASE);
  private static final Pattern ROLLBACK_START =
      Pattern.compile("\\s*+/\\*\\s*+liquibase\\s*+rollback\\s*+", ANY_CASE);
  private static final Pattern COMMENT = Pattern.compile("--\\s*+comment:? (.*)", ANY_CASE);
  private static final Pattern PRECONDITIONS =
      Pattern.compile("\\s*+--\\s*+preconditions(.*)", ANY_CASE);
  private static final Pattern PRECONDITION =
      Pattern.compile("\\s*+--\\s*+precondition-([a-z0-9-]+)(.*)", ANY_CASE);
  private static final Pattern VALID_CHECKSUM =
      Pattern.compile("--\\s*+validCheckSum:? (.*)", ANY_CASE);

  /** Two words with a colon each; every part is the shortest, so that there is one way to match. */
  private static final Pattern PROPERTY =
      Pattern.compile("\\s*+--\\s*+property\\s[^:]*+:\\S*+\\s[^:]*+:.*+", ANY_CASE);

  private static final Pattern IGNORE_LINES =
      Pattern.compile("--\\s*+ignoreLines:(\\w+)", ANY_CASE);

  /** A marker with one dash, or a word too many, at which Liquibase refuses the file. */
  private static final Pattern MALFORMED =
      Pattern.compile(
          "\\s*+-\\s*+(?:rollback|preconditions)\\s.*|--?\\s*+comments:? .*|-\\s*+comment:? .*",
          ANY_CASE);

  private final SourceText text;
  private final Optional<String> given;
  private final String path;
  private final Path file;
  private final Changelogs.Parameters parameters;
  private final List<Changeset> found = new ArrayList<>();
  private Optional<Broken> broken = Optional.empty();

  /** A file that Liquibase refuses as a whole. */
  record Broken(Position position, String reason) {}

  private FormattedSql(
      SourceText text, String path, Around around, Path file, Changelogs.Parameters parameters) {
    this.text = text;
    this.file = file;
    this.parameters = parameters;
    Optional<String> own =
        option(text.line(firstLine(text)), "logicalFilePath").map(Changelogs::normalised);
    // The path of an include is that of each changeset, whatever path it has itself.
    this.given = around.included() ? own.or(around::logicalPath) : Optional.empty();
    this.path = own.orElse(path);
  }

  /** Returns true if a file is such a changelog. */
  static boolean is(SourceText text) {
    return FIRST.matcher(text.line(firstLine(text))).matches();
  }

  private static int firstLine(SourceText text) {
    int line = 1;
    while (line < text.lineCount() && text.line(line).isBlank()) {
      line++;
    }
    return line;
  }

  /** Reads a file. */
  static FormattedSql read(
      SourceText text, String path, Around around, Path file, Changelogs.Parameters parameters) {
    FormattedSql read = new FormattedSql(text, path, around, file, parameters);
    read.lines();
    return read;
  }

  List<Changeset> changesets() {
    return List.copyOf(found);
  }

  /** Returns why Liquibase refuses the file, if it does. */
  Optional<Broken> broken() {
    return broken;
  }

  /** The changeset whose lines are being read. */
  private static final class Open {

    private final String id;
    private final String author;
    private final String options;
    private final int line;
    private final PlacedText.Pieces sql;
    private final List<String> validChecksums = new ArrayList<>();
    private Optional<String> precondition = Optional.empty();
    private boolean preconditions;
    private boolean rollback;

    Open(SourceText text, String id, String author, String options, int line) {
      this.sql = new PlacedText.Pieces(text);
      this.id = id;
      this.author = author;
      this.options = options;
      this.line = line;
    }
  }

  private void lines() {
    Optional<Open> open = Optional.empty();
    int number = 1;
    while (number <= text.lineCount() && broken.isEmpty()) {
      String line = text.line(number);
      Matcher changeset = CHANGESET.matcher(line);
      Matcher ignored = IGNORE_LINES.matcher(line);
      Matcher property = PROPERTY.matcher(line);
      if (property.matches()) {
        option(line, "name")
            .ifPresent(
                name -> option(line, "value").ifPresent(value -> parameters.put(name, value)));
      } else if (ignored.matches()) {
        number = behindIgnored(number, ignored.group(1));
        continue;
      } else if (changeset.matches()) {
        open.ifPresent(each -> end(each, false));
        open =
            Optional.of(
                new Open(
                    text,
                    unquoted(changeset.group(2)),
                    unquoted(changeset.group(1)),
                    changeset.group(3),
                    number));
      } else if (NO_CHANGESET.matcher(line).matches()) {
        refuse(number, "--changeset <authorname>:<changesetId>");
      } else if (open.isPresent()) {
        number = within(open.get(), line, number);
      } else if (COMMENT.matcher(line).matches()) {
        refuse(number, "no comment lines outside of changesets");
      }
      number++;
    }
    if (broken.isEmpty()) {
      open.ifPresent(each -> end(each, true));
    }
  }

  private int behindIgnored(int number, String count) {
    if (count.equals("start")) {
      for (int line = number + 1; line <= text.lineCount(); line++) {
        Matcher end = IGNORE_LINES.matcher(text.line(line));
        if (end.matches() && end.group(1).equals("end")) {
          return line + 1;
        }
      }
      return text.lineCount() + 1;
    }
    try {
      return (int) Math.min(text.lineCount() + 1L, number + 1L + Long.parseLong(count));
    } catch (NumberFormatException none) {
      refuse(number, "--ignoreLines:<count|start>");
      return number + 1;
    }
  }

  /** Adds a line to its changeset; returns the last line that is read with it. */
  private int within(Open open, String line, int number) {
    Matcher valid = VALID_CHECKSUM.matcher(line);
    Matcher preconditions = PRECONDITIONS.matcher(line);
    Matcher precondition = PRECONDITION.matcher(line);
    if (COMMENT.matcher(line).matches()) {
      return number;
    }
    if (valid.matches()) {
      open.validChecksums.add(valid.group(1));
    } else if (ROLLBACK.matcher(line).matches()) {
      open.rollback = true;
    } else if (ROLLBACK_START.matcher(line).matches()) {
      open.rollback = true;
      int end = number;
      while (end < text.lineCount() && !text.line(end).stripTrailing().endsWith("*/")) {
        end++;
      }
      return end;
    } else if (precondition.matches()) {
      open.preconditions = true;
    } else if (preconditions.matches()) {
      open.preconditions = true;
      open.precondition = option(preconditions.group(1), "onFail");
    } else if (MALFORMED.matcher(line).matches()) {
      refuse(number, "known formats, such as --rollback, --comment or --preconditions");
    } else {
      int start = text.lineStart(number);
      int end = number == text.lineCount() ? text.length() : text.lineStart(number + 1);
      open.sql.add(start, end);
    }
    return number;
  }

  private void refuse(int number, String known) {
    if (broken.isEmpty()) {
      broken =
          Optional.of(
              new Broken(
                  new Position(number, 1),
                  "Unexpected formatting in formatted changelog '"
                      + path
                      + "' at line "
                      + number
                      + ": "
                      + known));
    }
  }

  private void end(Open open, boolean last) {
    Optional<String> dbms = option(open.options, "dbms");
    if (dbms.filter(each -> !Changelogs.isOfPostgres(each)).isPresent()
        || option(open.options, "ignore").filter("true"::equalsIgnoreCase).isPresent()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    List<PlacedText.Piece> pieces = open.sql.list();
    pieces.forEach(piece -> lines.append(piece.meaning()));
    String sql = lines.toString();
    if (sql.isBlank()) {
      broken =
          Optional.of(
              new Broken(
                  new Position(open.line, 1),
                  "No SQL for changeset " + path + "::" + open.id + "::" + open.author));
      return;
    }
    Optional<String> delimiter = option(open.options, "endDelimiter");
    Statements.Rule rule =
        new Statements.Rule(
            is(open.options, "splitStatements", true),
            is(open.options, "stripComments", true),
            delimiter.isEmpty() && last && sql.strip().endsWith("\n/")
                ? Optional.of("\n/$")
                : delimiter);
    ChangesetSql changes = new ChangesetSql(text);
    PlacedText said = parameters.substituted(new PlacedText(sql.strip(), pieces));
    changes.add(said, rule);
    Checksum checksum = new Checksum();
    checksum.add(said.value());
    List<Refusal> refusals = new ArrayList<>(changes.refusals());
    List<String> notes = new ArrayList<>();
    Changelogs.conditions(open.preconditions, open.precondition, refusals, notes);
    option(open.options, "runWith").ifPresent(with -> refusals.add(Changelogs.runWith(with)));
    Changelogs.filters(
        option(open.options, "contextFilter").or(() -> option(open.options, "context")),
        option(open.options, "labels"),
        is(open.options, "failOnError", true),
        notes);
    String before =
        option(open.options, "logicalFilePath").map(Changelogs::normalised).orElse(path);
    found.add(
        new Changeset(
            new Changeset.Key(given.orElse(before), open.id, open.author),
            before,
            file,
            changes.text(),
            changes.starts(),
            new Changeset.Says(
                is(open.options, "runInTransaction", true),
                is(open.options, "runOnChange", false),
                is(open.options, "runAlways", false),
                open.rollback,
                open.validChecksums),
            Optional.of(checksum.value()),
            refusals,
            notes));
  }

  private static String unquoted(String word) {
    return word.length() > 1 && word.startsWith("\"") && word.endsWith("\"")
        ? word.substring(1, word.length() - 1)
        : word;
  }

  private static boolean is(String options, String name, boolean otherwise) {
    return option(options, name).map("true"::equalsIgnoreCase).orElse(otherwise);
  }

  /** Returns the value behind a name and a colon: a word, or what is in quotes. */
  private static Optional<String> option(String options, String name) {
    String key = name + ":";
    for (int at = 0; at + key.length() < options.length(); at++) {
      if (options.regionMatches(true, at, key, 0, key.length())
          && (at == 0 || !isWord(options.charAt(at - 1)))) {
        String value = options.substring(at + key.length()).stripLeading();
        int quote = value.startsWith("\"") ? value.indexOf('"', 1) : -1;
        if (quote > 0) {
          return Optional.of(value.substring(1, quote));
        }
        int end = 0;
        while (end < value.length() && !Character.isWhitespace(value.charAt(end))) {
          end++;
        }
        return end > 0 ? Optional.of(unquoted(value.substring(0, end))) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
