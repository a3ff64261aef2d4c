package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.files.InputFile;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.QueriedText;
import dev.confiture.preflight.migrations.ReadText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.AssembledText;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Piece.Trivia;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A file as <a href="https://www.postgresql.org/docs/current/app-psql.html">psql</a> reads it: its
 * variables are replaced, {@code \i} and {@code \copy} bring in the project's files, {@code \if}
 * chooses. Nothing is executed for it, and no file outside the project is read: what needs that
 * makes the file one that cannot be rehearsed.
 */
final class PsqlScript {

  private static final int DEEPEST = 16;

  /** Files that one migration may bring in: files that read each other are many soon. */
  private static final int MOST_FILES = 1000;

  private static final int LONGEST_NAME = 256;

  /** Commands that change what psql shows, or show something. */
  private static final Set<String> DISPLAY =
      Set.of(
          "?",
          "a",
          "C",
          "conninfo",
          "copyright",
          "echo",
          "errverbose",
          "f",
          "h",
          "H",
          "help",
          "html",
          "l",
          "l+",
          "list",
          "list+",
          "lo_list",
          "lo_list+",
          "lx",
          "lx+",
          "listx",
          "listx+",
          "p",
          "print",
          "pset",
          "qecho",
          "t",
          "T",
          "timing",
          "warn",
          "x",
          "z",
          "zS",
          "zx",
          "zSx");

  /** Why a command is not done here, as what it does. */
  private static final Map<String, String> NEVER =
      Map.ofEntries(
          Map.entry("!", "runs a program"),
          Map.entry("bind", "sends a statement apart from its parameters"),
          Map.entry("c", "leaves the session for another"),
          Map.entry("cd", "changes the folder that psql works in"),
          Map.entry("connect", "leaves the session for another"),
          Map.entry("crosstabview", "fails by what a query finds"),
          Map.entry("e", "runs a program"),
          Map.entry("edit", "runs a program"),
          Map.entry("ef", "runs a program"),
          Map.entry("ev", "runs a program"),
          Map.entry("getenv", "reads the environment of psql"),
          Map.entry("lo_export", "writes a file"),
          Map.entry("o", "writes a file or runs a program"),
          Map.entry("out", "writes a file or runs a program"),
          Map.entry("prompt", "asks for a value"),
          Map.entry("password", "asks for a value"),
          Map.entry("setenv", "changes the environment of psql"),
          Map.entry("w", "writes a file or runs a program"),
          Map.entry("watch", "repeats a statement without end"),
          Map.entry("write", "writes a file or runs a program"));

  /** The variables that psql itself looks at: {@code \gset} leaves them as they are. */
  private static final Set<String> SPECIAL =
      Set.of(
          "AUTOCOMMIT",
          "COMP_KEYWORD_CASE",
          "ECHO",
          "ECHO_HIDDEN",
          "FETCH_COUNT",
          "HIDE_TABLEAM",
          "HIDE_TOAST_COMPRESSION",
          "HISTCONTROL",
          "HISTSIZE",
          "IGNOREEOF",
          "ON_ERROR_ROLLBACK",
          "ON_ERROR_STOP",
          "PROMPT1",
          "PROMPT2",
          "PROMPT3",
          "QUIET",
          "SHOW_ALL_RESULTS",
          "SHOW_CONTEXT",
          "SINGLELINE",
          "SINGLESTEP",
          "VERBOSITY",
          "WATCH_INTERVAL");

  private final FolderFiles files;
  private final List<Path> workingFolders;
  private final PsqlVariables variables;
  private final List<QueriedText.Rows> answers;
  private final AssembledText out = new AssembledText();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<String> restricted = Optional.empty();
  private int brought;

  /** The queries so far whose rows psql takes, sent or not. */
  private int queries;

  private Optional<Unanswered> unanswered = Optional.empty();
  private final List<QueriedText.Generated> generated = new ArrayList<>();

  private PsqlScript(
      FolderFiles files,
      List<Path> workingFolders,
      Map<String, String> given,
      List<QueriedText.Rows> answers) {
    this.files = files;
    this.workingFolders = workingFolders;
    this.variables = new PsqlVariables(given);
    this.answers = answers;
  }

  /**
   * Reads a file.
   *
   * @param workingFolders where psql may run, without links: paths of {@code \i} begin there
   * @param file its path
   * @param given the values of variables, as {@code psql -v} has them
   */
  static ReadText read(
      FolderFiles files,
      List<Path> workingFolders,
      Path file,
      SourceText text,
      Map<String, String> given) {
    return new Input(files, workingFolders, file, text, given).read(List.of());
  }

  /** Holds what is read anew with each answer: always the same, whatever its queries find. */
  private record Input(
      FolderFiles files,
      List<Path> workingFolders,
      Path file,
      SourceText text,
      Map<String, String> given) {

    /** Reads it with what its first queries have found. */
    ReadText read(List<QueriedText.Rows> answers) {
      PsqlScript script = new PsqlScript(files, workingFolders, given, answers);
      script.new Reading(text, Optional.empty(), file, 0, false).run();
      SourceText assembled = script.out.text();
      if (assembled.text().equals(text.text())) {
        return new ReadText(new MigrationText.Sql(Script.of(text)), script.refusals, script.notes);
      }
      Script sent = Script.of(assembled);
      Optional<QueriedText.Query> query = script.unanswered.flatMap(next -> next.in(sent));
      if (query.isEmpty()) {
        script.unanswered.ifPresent(
            nothing ->
                script.refusals.add(
                    new Refusal(
                        Refusal.Stage.NOT_REHEARSABLE,
                        nothing.end - 1,
                        nothing.end,
                        nothing.name + " has no query of its own",
                        Optional.of("write the query before it"))));
      }
      return new ReadText(
          new MigrationText.Sql(
              text,
              sent,
              script.queries == 0
                  ? Optional.empty()
                  : Optional.of(new Queried(this, answers, query, script.generated))),
          script.refusals,
          script.notes);
    }
  }

  /**
   * The first query that was not sent yet and whose rows psql takes.
   *
   * @param end the offset behind its semicolon
   * @param name the command that takes them
   */
  private record Unanswered(int end, String name) {

    /** Returns it as a statement of the script: the last one, where it holds several. */
    Optional<QueriedText.Query> in(Script script) {
      return script.statements().stream()
          .filter(statement -> statement.end() == end)
          .map(statement -> new QueriedText.Query(statement.start(), name))
          .findFirst();
    }
  }

  /** A file with queries whose rows psql takes. */
  private record Queried(
      Input input, List<QueriedText.Rows> answers, Optional<Query> query, List<Generated> generated)
      implements QueriedText {

    Queried {
      answers = List.copyOf(answers);
      generated = List.copyOf(generated);
    }

    @Override
    public ReadText with(QueriedText.Rows rows) {
      return input.read(Stream.concat(answers.stream(), Stream.of(rows)).toList());
    }

    @Override
    public ReadText unanswered() {
      return input.read(List.of());
    }
  }

  /** Returns the folders that a loop may run psql in: the project's, and that of the files. */
  static List<Path> anywhere(FolderFiles files) {
    List<Path> folders = new ArrayList<>(List.of(files.root()));
    try {
      folders.add(files.folder().toRealPath());
    } catch (IOException gone) {
      // Its reader says so.
    }
    return folders;
  }

  /** The branch of an {@code \if} that is read. */
  private enum Branch {
    TAKEN(true),
    NOT_YET(false),
    OVER(false),
    /** A query that was not sent yet decides. */
    UNKNOWN(true),
    ELSE_TAKEN(true),
    ELSE_OVER(false),
    ELSE_UNKNOWN(true);

    private final boolean active;

    Branch(boolean active) {
      this.active = active;
    }

    private boolean isElse() {
      return this == ELSE_TAKEN || this == ELSE_OVER || this == ELSE_UNKNOWN;
    }

    private boolean isUnknown() {
      return this == UNKNOWN || this == ELSE_UNKNOWN;
    }
  }

  /** One file being read: the migration's own, or one that {@code \i} names. */
  private final class Reading {

    private final SourceText source;
    private final Optional<SourceText.File> file;
    private final Path path;
    private final int depth;
    private final boolean inUnknown;
    private final Deque<Branch> branches = new ArrayDeque<>();

    /** A statement has begun and is not ended. */
    private boolean open;

    private Optional<Statement> newest = Optional.empty();

    private boolean ended;

    /**
     * Prepares to read a file.
     *
     * @param inUnknown true if a query that was not sent yet decides whether psql reads it
     */
    Reading(
        SourceText source,
        Optional<SourceText.File> file,
        Path path,
        int depth,
        boolean inUnknown) {
      this.source = source;
      this.file = file;
      this.path = path;
      this.depth = depth;
      this.inUnknown = inUnknown;
    }

    void run() {
      List<Piece> pieces = Script.of(source).pieces();
      for (Piece piece : pieces) {
        if (brought > MOST_FILES) {
          return;
        }
        boolean active = isActive();
        switch (piece) {
          case MetaCommand command -> command(command);
          case Statement _, CopyData _, Trivia _ when !active || ended ->
              blank(piece.start(), piece.end());
          case Statement statement -> {
            statement(statement);
            newest = Optional.of(statement);
            open = statement.end() == statement.tokens().getLast().end();
          }
          case CopyData data -> data(data);
          case Trivia trivia -> {
            int start = depth > 0 && trivia.start() == 0 && source.hasByteOrderMark() ? 1 : 0;
            open &= source.substring(trivia.start(), trivia.end()).indexOf(';') < 0;
            add(trivia.start() + start, trivia.end());
          }
        }
      }
      if (!branches.isEmpty() && !ended) {
        refuseText(
            Math.max(0, out.length() - 1),
            1,
            "reached EOF without finding closing \\endif(s)",
            "end each \\if with \\endif");
      }
      if (depth > 0) {
        end(pieces);
      }
    }

    /** Ends what an included file leaves open: psql sends it at its end. */
    private void end(List<Piece> pieces) {
      pieces.stream()
          .filter(Statement.class::isInstance)
          .map(piece -> ((Statement) piece).tokens().getLast())
          .filter(token -> token.kind() == Token.Kind.UNTERMINATED)
          .findFirst()
          .ifPresent(
              token ->
                  refuse(
                      Refusal.Stage.NOT_REHEARSABLE,
                      out.length() - 1,
                      1,
                      path + " ends inside a string or name",
                      "end it in its file"));
      words(open ? "\n;\n" : "\n", source.length());
    }

    private boolean isActive() {
      return branches.isEmpty() || branches.getFirst().active;
    }

    private boolean isUnknown() {
      return inUnknown || branches.stream().anyMatch(Branch::isUnknown);
    }

    private void refuse(Refusal.Stage stage, int start, int length, String message, String hint) {
      if (!isUnknown() && told.add(message)) {
        refusals.add(new Refusal(stage, start, start + length, message, Optional.of(hint)));
      }
    }

    private void add(int from, int to) {
      out.add(source, file, from, to);
    }

    private void words(String words, int from) {
      out.add(words, source, file, from);
    }

    private void blank(int from, int to) {
      out.blank(source, file, from, to);
    }

    /** Adds a statement with the values of the variables that it uses. */
    private void statement(Statement statement) {
      int from = statement.start();
      int brackets = 0;
      for (Token token : statement.tokens()) {
        brackets += token.isMark("[") ? 1 : token.isMark("]") ? -1 : 0;
        if (!token.isMark(":") || token.start() < from) {
          continue;
        }
        String ahead =
            source.substring(
                token.start(), Math.min(statement.end(), token.start() + LONGEST_NAME));
        Optional<PsqlVariables.Use> found = PsqlVariables.use(ahead, 0);
        if (found.isPresent()) {
          PsqlVariables.Use use = found.get();
          int end = token.start() + ahead.codePointCount(0, use.end());
          Optional<String> value = variables.inSql(use);
          if (value.filter(PsqlVariables::isWhole).isPresent()) {
            add(from, token.start());
            words(value.get(), token.start());
            from = end;
          } else if (value.isPresent()) {
            add(from, end);
            from = end;
            refuse(
                Refusal.Stage.NOT_REHEARSABLE,
                out.length() - (end - token.start()),
                end - token.start(),
                "the value of the variable "
                    + use.name()
                    + " is no whole piece of SQL: what follows it is read otherwise for it",
                "write it in the file itself");
          } else if (isMeant(use, brackets) && !variables.isUnset(use.name())) {
            add(from, end);
            from = end;
            unknown(use.name(), out.length() - (end - token.start()), end - token.start());
          }
        }
      }
      add(from, statement.end());
    }

    /** A slice such as {@code a[1:n]} has a colon too, which psql leaves as it is. */
    private static boolean isMeant(PsqlVariables.Use use, int brackets) {
      return use.form() != PsqlVariables.Form.PLAIN
          || (brackets == 0 && !Character.isDigit(use.name().charAt(0)));
    }

    private void unknown(String name, int start, int length) {
      if (variables.isForgotten()) {
        return;
      }
      refuse(
          Refusal.Stage.NOT_REHEARSABLE,
          start,
          length,
          "the value of psql's variable " + name + " is not known",
          "give the one of the deployment with --placeholder " + name + "=VALUE");
    }

    /** Adds the data of a COPY; those that the file ends without are ended here. */
    private void data(CopyData data) {
      add(data.start(), data.end());
      String end = source.substring(Math.max(data.start(), data.end() - 4), data.end());
      if (depth > 0 && !end.strip().endsWith("\\.")) {
        words("\n\\.\n", data.end());
      }
    }

    private void command(MetaCommand command) {
      int at = out.length();
      if (!ended && !branch(command) && isActive()) {
        active(command, at);
      }
      if (out.length() == at) {
        blank(command.start(), command.end());
      }
    }

    /** Follows a command that chooses what is read; returns true if it is one. */
    private boolean branch(MetaCommand command) {
      Optional<String> refused =
          switch (command.name()) {
            case "if" -> {
              branches.addFirst(isActive() ? chosen(command) : Branch.OVER);
              yield Optional.empty();
            }
            case "elif" ->
                next(
                    command,
                    branch ->
                        switch (branch) {
                          case NOT_YET -> chosen(command);
                          case UNKNOWN -> Branch.UNKNOWN;
                          default -> Branch.OVER;
                        });
            case "else" ->
                next(
                    command,
                    branch ->
                        switch (branch) {
                          case NOT_YET -> Branch.ELSE_TAKEN;
                          case UNKNOWN -> Branch.ELSE_UNKNOWN;
                          default -> Branch.ELSE_OVER;
                        });
            case "endif" -> {
              boolean none = branches.isEmpty();
              if (!none) {
                branches.removeFirst();
              }
              yield none ? Optional.of("\\endif: no matching \\if") : Optional.empty();
            }
            default -> Optional.of("");
          };
      refused
          .filter(reason -> !reason.isEmpty())
          .ifPresent(reason -> refuseCommand(command, reason));
      return !refused.equals(Optional.of(""));
    }

    private Optional<String> next(MetaCommand command, UnaryOperator<Branch> following) {
      if (branches.isEmpty()) {
        return Optional.of("\\" + command.name() + ": no matching \\if");
      }
      if (branches.getFirst().isElse()) {
        return Optional.of("\\" + command.name() + ": cannot occur after \\else");
      }
      branches.addFirst(following.apply(branches.removeFirst()));
      return Optional.empty();
    }

    /** Returns whether psql takes the branch; what is no Boolean it takes for false. */
    private Branch chosen(MetaCommand command) {
      PsqlCommand line = new PsqlCommand(source, command, variables);
      isKnown(command, line, out.length());
      return !line.unknown().isEmpty() && variables.isForgotten()
          ? Branch.UNKNOWN
          : line.isTrue() ? Branch.TAKEN : Branch.NOT_YET;
    }

    /** Returns true if all of a line is known; refuses it otherwise. */
    private boolean isKnown(MetaCommand command, PsqlCommand line, int at) {
      if (line.runsProgram()) {
        never(command, at, "runs a program for a value (`…`)");
      }
      line.unknown().forEach(name -> unknown(name, at, command.end() - command.start()));
      return !line.runsProgram() && line.unknown().isEmpty();
    }

    private void active(MetaCommand command, int at) {
      PsqlCommand line = new PsqlCommand(source, command, variables);
      Optional<String> refused =
          restricted.isPresent()
              ? restricted.flatMap(key -> line.whileRestricted(key))
              : line.refusal();
      if (refused.isPresent()) {
        refuseCommand(command, refused.get());
        return;
      }
      switch (command.name()) {
        case "restrict" -> restricted = line.arguments().stream().findFirst();
        case "unrestrict" -> restricted = Optional.empty();
        case "copy" -> copy(command, at);
        case ":" -> words(":", command.start());
        case ";" ->
            refuse(
                Refusal.Stage.NOT_REHEARSABLE,
                at,
                2,
                "\\; needs psql, which the rehearsal does not use",
                "\\; sends two statements as one message: end each with a semicolon alone");
        case "g", "gx" -> send(command, line, at);
        case "gset", "gexec" -> query(command, line, at);
        case "i", "include" -> include(command, line, at, workingFolders);
        case "ir", "include_relative" -> include(command, line, at, List.of());
        case "set" -> set(command, line, at);
        case "unset" -> unset(line);
        case "q", "quit" -> quit(command);
        case "r", "reset" -> {
          if (open) {
            never(command, at, "gives up a statement that has begun");
          }
        }
        case "encoding" -> {
          if (line.arguments().stream()
              .anyMatch(name -> !name.replaceAll("[-_;]", "").equalsIgnoreCase("utf8"))) {
            never(command, at, "changes the encoding of the file");
          }
        }
        default -> {
          if (!isDisplay(command.name())) {
            never(command, at, NEVER.getOrDefault(command.name(), ""));
          } else if (line.runsProgram()) {
            never(command, at, "runs a program for a value (`…`)");
          }
        }
      }
    }

    /** A table that {@code \d} does not find is an error to psql. */
    private boolean isDisplay(String name) {
      return DISPLAY.contains(name)
          || (name.startsWith("d") && name.length() > 1 && Character.isLetter(name.charAt(1)));
    }

    private void refuseCommand(MetaCommand command, String reason) {
      refuseText(
          out.length(),
          1 + command.name().length(),
          "psql refuses \\" + command.name() + ": " + reason,
          "psql reads all of the line as this command's: begin SQL on a line of its own");
    }

    private void refuseText(int start, int length, String message, String hint) {
      // The same may be refused at several places, each of which fails.
      if (!isUnknown()) {
        refusals.add(
            new Refusal(Refusal.Stage.TEXT, start, start + length, message, Optional.of(hint)));
      }
    }

    private void never(MetaCommand command, int at, String deed) {
      refuse(
          Refusal.Stage.NOT_REHEARSABLE,
          at,
          1 + command.name().length(),
          "\\"
              + command.name()
              + (deed.isEmpty() ? "" : " " + deed + ": it")
              + " needs psql, which the rehearsal does not use",
          "write it in SQL where that is possible");
    }

    private void set(MetaCommand command, PsqlCommand line, int at) {
      if (line.arguments().isEmpty() || !isKnown(command, line, at)) {
        line.arguments().stream()
            .findFirst()
            .ifPresent(
                name -> {
                  variables.set(name, "");
                  if (variables.isForgotten()) {
                    variables.forget(name);
                  }
                });
        return;
      }
      String name = line.arguments().getFirst();
      String value = String.join("", line.arguments().subList(1, line.arguments().size()));
      if (!PsqlVariables.isName(name)) {
        refuseCommand(command, "invalid variable name: \"" + name + "\"");
        return;
      }
      boolean on = PsqlCommand.isTrue(value);
      switch (name) {
        case "AUTOCOMMIT" -> {
          if (!on) {
            never(command, at, "makes psql begin transactions by itself");
          }
        }
        case "SINGLELINE", "SINGLESTEP" -> {
          if (on || value.isEmpty()) {
            never(command, at, "changes what psql takes for a statement");
          }
        }
        default -> {}
      }
      if (isUnknown()) {
        variables.forget(name);
      } else {
        variables.set(name, value);
      }
    }

    private void unset(PsqlCommand line) {
      for (String name : line.arguments().stream().limit(1).toList()) {
        if (isUnknown()) {
          variables.forget(name);
        } else {
          variables.unset(name);
        }
      }
    }

    /** Sends the statement that has begun, as a semicolon does. */
    private void send(MetaCommand command, PsqlCommand line, int at) {
      Optional<String> target = line.arguments().stream().findFirst();
      if (target.filter(word -> !word.startsWith("(")).isPresent()) {
        never(command, at, "writes a file or runs a program");
      } else if (!open) {
        never(command, at, "repeats the statement before it");
      } else {
        words(";", command.start());
        blank(command.start() + 1, command.end());
        open = false;
      }
    }

    /** Sends the statement that has begun, and takes its rows. */
    private void query(MetaCommand command, PsqlCommand line, int at) {
      if (!isKnown(command, line, at)) {
        variables.forget();
        return;
      }
      if (!open) {
        never(command, at, "repeats the statement before it");
        return;
      }
      if (newest.filter(s -> s.isCopyFromStdin() || s.isCopyToStdout()).isPresent()) {
        never(command, at, "takes no rows of a COPY");
        return;
      }
      int end = out.length() + 1;
      words(";", command.start());
      blank(command.start() + 1, command.end());
      open = false;
      queries++;
      boolean sets = command.name().equals("gset");
      if (queries <= answers.size()) {
        QueriedText.Rows rows = answers.get(queries - 1);
        if (sets) {
          variables(command, line, rows, at);
        } else {
          rows.rows().stream()
              .flatMap(List::stream)
              .flatMap(Optional::stream)
              .forEach(value -> generate(command, value, at));
        }
        return;
      }
      if (unanswered.isEmpty()) {
        unanswered = Optional.of(new Unanswered(end, "\\" + command.name()));
      }
      if (sets) {
        variables.forget();
      }
    }

    /** Sets a variable to each value of the only row. */
    private void variables(MetaCommand command, PsqlCommand line, QueriedText.Rows rows, int at) {
      if (rows.columns().isEmpty()) {
        return;
      }
      if (rows.rows().size() != 1) {
        refuseText(
            at,
            1 + command.name().length(),
            (rows.rows().isEmpty() ? "no rows" : "more than one row") + " returned for \\gset",
            "let the query find one row whatever is there, as an aggregate or EXISTS does");
        variables.forget();
        return;
      }
      String prefix = line.arguments().isEmpty() ? "" : line.arguments().getFirst();
      for (int i = 0; i < rows.columns().size(); i++) {
        String name = prefix + rows.columns().get(i);
        Optional<String> value = rows.rows().getFirst().get(i);
        if (SPECIAL.contains(name)) {
          notes.add("psql ignores that \\gset names the variable " + name + ", which is its own");
        } else if (value.isEmpty()) {
          variables.unset(name);
        } else if (PsqlVariables.isName(name)) {
          variables.set(name, value.get());
        } else {
          refuseText(
              at,
              1 + command.name().length(),
              "psql refuses \\gset: invalid variable name: \"" + name + "\"",
              "give the column a name of letters, digits and underscores with AS");
          variables.forget();
          return;
        }
      }
    }

    /** Adds a value of a row, which psql sends as it is: no variable of it is replaced. */
    private void generate(MetaCommand command, String value, int at) {
      switch (GeneratedMessage.of(value)) {
        case GeneratedMessage.Statements _
            when out.length() + (long) value.length() < InputFile.MIGRATION -> {
          words("\n", command.start());
          int start = out.length();
          words(value, command.start());
          generated.add(
              new QueriedText.Generated(new Span(start, out.length()), "\\" + command.name()));
          words("\n;", command.start());
        }
        case GeneratedMessage.Statements _ ->
            never(command, at, "makes all that is sent too large");
        case GeneratedMessage.ReadsRows _ ->
            never(command, at, "copies rows from the lines behind it");
        case GeneratedMessage.Unsure _ ->
            never(command, at, "sends text whose statements end elsewhere for the server");
        case GeneratedMessage.Broken _ ->
            refuseText(
                at,
                1 + command.name().length(),
                "the server refuses what \\gexec sends, which is no whole statement: "
                    + value.lines().findFirst().orElse(""),
                "quote what the query puts into it with format and %I or %L");
      }
    }

    private void quit(MetaCommand command) {
      if (isUnknown()) {
        return;
      }
      ended = true;
      notes.add(
          "psql stops reading "
              + FolderFiles.name(path)
              + " at \\"
              + command.name()
              + " (line "
              + source.lineOf(command.start())
              + "): what follows is not executed");
    }

    private void include(MetaCommand command, PsqlCommand line, int at, List<Path> folders) {
      if (!isKnown(command, line, at)) {
        return;
      }
      String name = line.arguments().isEmpty() ? "" : line.arguments().getFirst();
      String stripped = name.replaceFirst(";+$", "");
      if (stripped.isEmpty()) {
        refuseCommand(command, "\\" + command.name() + ": missing required argument");
      } else if (open) {
        never(command, at, "reads a file in the middle of a statement");
      } else if (depth == DEEPEST || ++brought > MOST_FILES) {
        brought = MOST_FILES + 1;
        never(command, at, "reads files that read each other");
      } else {
        content(command, at, stripped, folders)
            .ifPresent(
                other -> {
                  blank(command.start(), command.end());
                  words("\n", command.end());
                  new Reading(
                          other.text(), Optional.of(other), other.path(), depth + 1, isUnknown())
                      .run();
                });
      }
    }

    /** Reads a file of the project, where it is certain which one is meant. */
    private Optional<SourceText.File> content(
        MetaCommand command, int at, String name, List<Path> folders) {
      Set<Path> found = new LinkedHashSet<>();
      String refused = "";
      try {
        Path written = Path.of(name);
        Path root = files.root();
        List<Path> bases = new ArrayList<>(folders);
        if (folders.isEmpty()) {
          bases.add(path.toAbsolutePath().resolveSibling("").toRealPath());
        }
        if (written.isAbsolute() || name.startsWith("~") || name.equals("-")) {
          refused = "names no file of the project";
        }
        for (Path base : bases) {
          Path candidate = base.resolve(written).normalize();
          if (!refused.isEmpty()) {
            break;
          } else if (!candidate.startsWith(root)) {
            refused = bases.size() == 1 ? "names a file outside of the project" : "";
          } else if (Files.isRegularFile(candidate)) {
            found.add(candidate);
          }
        }
        if (refused.isEmpty() && found.isEmpty() && folders.isEmpty()) {
          refuseCommand(command, name + ": No such file or directory");
          return Optional.empty();
        }
        if (refused.isEmpty() && found.size() != 1) {
          refused =
              found.isEmpty()
                  ? "names a file that is not found from where psql may run"
                  : "may mean several files, as psql is run in one folder or another";
        }
        if (refused.isEmpty()) {
          Path file = files.written(found.iterator().next());
          FolderFiles.Content content = files.read(file);
          if (content.text().isPresent()
              && out.length() + (long) content.text().get().length() < InputFile.MIGRATION) {
            return Optional.of(new SourceText.File(file, content.text().get()));
          }
          refused =
              content.text().isPresent()
                  ? "makes all that is sent too large"
                  : "names a file that is not read: " + content.unreadable().reason();
        }
      } catch (UsageProblem outside) {
        refused = "names a file that is not read: " + outside.getMessage();
      } catch (InvalidPathException | IOException none) {
        refused = "names a file that cannot be looked up";
      }
      String why = refused;
      refuse(
          Refusal.Stage.NOT_REHEARSABLE,
          at,
          1 + command.name().length(),
          "\\" + command.name() + " " + name + " " + why,
          "name it relative to this file with \\ir, inside the project");
      return Optional.empty();
    }

    /**
     * Does as psql does about its own COPY: the client's file is sent as the data of the server's.
     */
    private void copy(MetaCommand command, int at) {
      int start = command.start() + 1;
      PsqlCopy copy = PsqlCopy.of(source.substring(start, command.end()));
      if (open) {
        never(command, at, "copies in the middle of a statement");
        return;
      }
      switch (copy) {
        case PsqlCopy.Malformed _ -> refuseCommand(command, "\\copy: parse error at end of line");
        case PsqlCopy.Never(String deed) -> never(command, at, deed);
        case PsqlCopy.Client(int length) -> {
          add(start, start + length);
          words(";", start + length);
          blank(start + length, command.end());
        }
        case PsqlCopy.OfFile(String name, int from, int to, int length) ->
            content(command, at, name, workingFolders)
                .ifPresent(
                    data -> {
                      add(start, start + from);
                      words("STDIN", start + from);
                      add(start + to, start + length);
                      words(";\n", start + length);
                      rows(data);
                    });
      }
    }

    /** Adds a file's rows up to the end that is marked in it. */
    private void rows(SourceText.File data) {
      int end = data.text().length();
      for (int line = 1; line <= data.text().lineCount(); line++) {
        if (data.text().line(line).equals("\\.")) {
          end = data.text().lineStart(line);
          break;
        }
      }
      out.add(data.text(), Optional.of(data), 0, end);
      boolean ends = end == 0 || data.text().codePointAt(end - 1) == '\n';
      out.add(ends ? "\\.\n" : "\n\\.\n", data.text(), Optional.of(data), end);
    }
  }
}
