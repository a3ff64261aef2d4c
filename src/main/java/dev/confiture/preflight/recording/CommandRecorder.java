package dev.confiture.preflight.recording;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records what each pending migration sends, by running the team's command.
 *
 * <p>Where the command stops at a migration, what that one did before is done in its place, it is
 * recorded as applied in the way of its framework, and the command is run again: until nothing is
 * pending. So every migration is seen, the failed ones up to the statement at which they fail.
 */
public final class CommandRecorder {

  private static final int COMMAND_NOT_FOUND = 127;
  private static final String IN_FAILED_TRANSACTION = "25P02";

  private final TeamCommand command;
  private final MigrationFolder folder;
  private final RecordedTool tool;
  private final MigratedDatabase database;
  private final Surroundings surroundings;
  private final SequencedMap<String, Recorded> recorded = new LinkedHashMap<>();
  private boolean inOne;
  private Optional<String> failed = Optional.empty();
  private final List<String> notes = new ArrayList<>();
  private List<String> passed = List.of();

  /**
   * What the command runs in.
   *
   * @param environment the caller's environment
   * @param hidden texts that no variable that the command gets may hold
   * @param left the time that is left; zero for no limit
   * @param ended returns true once the run is to end early
   * @param line told of each line that the command prints
   * @param started told of how to interrupt it
   */
  public record Surroundings(
      Map<String, String> environment,
      List<String> hidden,
      Supplier<Duration> left,
      BooleanSupplier ended,
      Consumer<String> line,
      Consumer<TeamCommand.Running> started) {}

  /**
   * What was recorded.
   *
   * @param folder the project's migrations, the recorded ones with their SQL
   * @param pending those that the command ran or was to run, in its order
   * @param passed those that the command by itself has brought to their end
   * @param failed the migration at which the command by itself ends; empty where it ends well
   * @param notes what else a reader should know, a sentence each
   */
  public record Recording(
      MigrationFolder folder,
      List<Migration> pending,
      Set<MigrationFile> passed,
      Optional<MigrationFile> failed,
      List<String> notes) {

    public Recording {
      pending = List.copyOf(pending);
      passed = Set.copyOf(passed);
      notes = List.copyOf(notes);
    }
  }

  private CommandRecorder(
      TeamCommand command,
      MigrationFolder folder,
      RecordedTool tool,
      MigratedDatabase database,
      Surroundings surroundings) {
    this.command = command;
    this.folder = folder;
    this.tool = tool;
    this.database = database;
    this.surroundings = surroundings;
  }

  /**
   * Records.
   *
   * @param folder what {@link CodeProject#read} gave
   * @param pending those that the ledger does not name
   * @param database a clone, which is not as it was before after it
   * @throws UsageProblem if the command cannot be started, or uses another database
   */
  public static Recording record(
      TeamCommand command,
      MigrationFolder folder,
      List<Migration> pending,
      MigratedDatabase database,
      Surroundings surroundings) {
    if (!(folder.tool() instanceof RecordedTool tool)) {
      throw new IllegalArgumentException("the folder is that of a framework");
    }
    CommandRecorder recorder = new CommandRecorder(command, folder, tool, database, surroundings);
    boolean lent = database.lendRights();
    try {
      recorder.run(pending.stream().map(Migration::version).toList());
    } finally {
      if (lent) {
        database.takeBackRights();
      }
    }
    return recorder.recording(pending);
  }

  private void run(List<String> pending) {
    boolean more = true;
    Optional<String> passedBy = Optional.empty();
    for (int run = 0; more && run <= pending.size(); run++) {
      long from = database.logEnd();
      passedBy.ifPresent(
          version -> surroundings.line().accept("-- once more, with " + version + " passed by --"));
      List<String> announced = new ArrayList<>();
      TeamCommand.End end = runOnce(announced);
      List<SentMessage> sent = sentSince(from);
      if (run == 0) {
        refuseWithoutClone(end, sent);
      }
      List<Segment> segments = segments(sent);
      segments.forEach(segment -> add(segment, end));
      if (run == 0) {
        passed =
            recorded.entrySet().stream()
                .filter(each -> each.getValue().stopped().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
      }
      more = end.code() != 0 && passes(segments, announced, pending, end);
      passedBy = more ? Optional.of(recorded.lastEntry().getKey()) : Optional.empty();
    }
  }

  /** Notes where the command has stopped, and returns true if it can be run again behind that. */
  private boolean passes(
      List<Segment> segments, List<String> announced, List<String> pending, TeamCommand.End end) {
    Segment rest = segments.getLast();
    Optional<SentMessage> refused = refused(rest);
    String ending = "ends with " + end.code() + ", and not by the server: " + end.lastWords();
    Optional<String> at = stoppedAt(announced, pending);
    if (at.isEmpty()) {
      if (recorded.isEmpty()) {
        throw new SandboxProblem("the command " + ending, "run it by itself to see why");
      }
      String last = recorded.sequencedKeySet().getLast();
      failed = failed.or(() -> Optional.of(last));
      recorded.computeIfPresent(
          last, (_, known) -> known.stopped("behind it the command " + ending));
      return false;
    }
    boolean cameToIt =
        refused.isPresent() || !own(rest, refused).isEmpty() || announced.contains(at.get());
    if (!cameToIt && recorded.isEmpty()) {
      throw new SandboxProblem(
          "before it came to a migration, the command " + ending, "run it by itself to see why");
    }
    if (!cameToIt) {
      notes.add("run again behind what it had run, the command " + ending);
      return false;
    }
    recorded.put(
        at.get(),
        new Recorded(
            own(rest, refused),
            Optional.empty(),
            isInBlock(rest),
            refused.isPresent() ? Optional.empty() : Optional.of("the command " + ending)));
    failed = failed.or(() -> at);
    passBy(segments, at.get());
    return true;
  }

  /** Returns the message at which the server stopped a migration. */
  private static Optional<SentMessage> refused(Segment segment) {
    return segment.messages().stream()
        .filter(SentMessage::isRefused)
        .filter(message -> message.fate() != SentMessage.Fate.UNDONE)
        // What is sent in a transaction that has failed already only follows from that.
        .filter(message -> !message.sqlState().orElse("").equals(IN_FAILED_TRANSACTION))
        .reduce((_, last) -> last);
  }

  private TeamCommand.End runOnce(List<String> announced) {
    Duration left = surroundings.left().get();
    TeamCommand.End end =
        command.run(
            surroundings.environment(),
            database.loginUrl(),
            surroundings.hidden(),
            left,
            line -> {
              tool.framework().announced(line).ifPresent(announced::add);
              surroundings.line().accept(line);
            },
            surroundings.started());
    if (surroundings.ended().getAsBoolean()) {
      throw new SandboxProblem("running the command: the run was ended", "");
    }
    if (end.timedOut()) {
      throw new SandboxProblem(
          "the command did not end within the time limit; its last words: " + end.lastWords(),
          "see whether it waits for an answer, or give more time with --time-limit");
    }
    return end;
  }

  private List<SentMessage> sentSince(long from) {
    List<LogEntry> entries =
        LogEntry.read(database.logSince(from)).stream()
            .filter(entry -> entry.database().equals(database.database()))
            .filter(entry -> entry.user().equals(database.loginUrl().user().orElse("")))
            .toList();
    return SentMessage.of(entries);
  }

  private void refuseWithoutClone(TeamCommand.End end, List<SentMessage> sent) {
    String said = "; its last words: " + end.lastWords();
    if (end.code() == COMMAND_NOT_FOUND && sent.isEmpty()) {
      throw new UsageProblem(
          "the command " + String.join(" ", command.words()) + " cannot be started" + said,
          "write it behind -- as it is run in a deployment, in the folder of the project");
    }
    if (sent.isEmpty()) {
      throw new UsageProblem(
          end.code() == 0
              ? "the command used another database: it ended well, and sent nothing to the clone"
              : "the command ended with " + end.code() + ", and sent nothing to the clone" + said,
          (end.code() == 0 ? "" : "see what it says, and ")
              + "let it connect as DATABASE_URL says, or name the variable that it reads:"
              + " --env APP_DATABASE={url}");
    }
  }

  /**
   * The messages up to one that records a migration, or the last ones, which record none.
   *
   * @param version the migration that is recorded
   */
  private record Segment(
      List<SentMessage> messages, Optional<String> version, Optional<SentMessage> record) {}

  /** Divides messages at those that record a migration; what is behind the last one is the last. */
  private List<Segment> segments(List<SentMessage> sent) {
    List<Segment> segments = new ArrayList<>();
    List<SentMessage> open = new ArrayList<>();
    for (SentMessage message : sent) {
      Optional<String> version = recordedBy(message);
      if (version.isPresent() && !message.isRefused()) {
        segments.add(new Segment(List.copyOf(open), version, Optional.of(message)));
        open.clear();
      } else {
        open.add(message);
      }
    }
    segments.add(new Segment(List.copyOf(open), Optional.empty(), Optional.empty()));
    return segments;
  }

  private Optional<String> recordedBy(SentMessage message) {
    for (Statement statement : message.statements()) {
      Optional<String> version =
          LedgerWrite.of(statement, tool.framework().ledger())
              .flatMap(write -> tool.framework().keyOf(write.values()));
      if (version.isPresent()) {
        return version;
      }
    }
    return Optional.empty();
  }

  private void add(Segment segment, TeamCommand.End end) {
    Optional<SentMessage> record = segment.record();
    if (record.isEmpty() || recorded.containsKey(segment.version().orElseThrow())) {
      return;
    }
    String version = segment.version().orElseThrow();
    List<SentMessage> passedOver =
        segment.messages().stream().filter(SentMessage::isRefused).toList();
    if (!passedOver.isEmpty()) {
      notes.add(
          version
              + ": the server refused "
              + (passedOver.size() == 1 ? "a statement" : passedOver.size() + " statements")
              + " of it ("
              + passedOver.getFirst().sqlState().orElse("")
              + "), and the command went on");
    }
    boolean notKept = record.get().fate() != SentMessage.Fate.KEPT;
    inOne |=
        record.get().inBlock()
            && ((end.code() != 0 && notKept)
                || (!recorded.isEmpty()
                    && segment.messages().stream().noneMatch(SentMessage::isTransactionControl)));
    boolean lost = end.code() == 0 && notKept;
    recorded.put(
        version,
        new Recorded(
            own(segment, Optional.empty()),
            Optional.of(record.get().text()),
            isInBlock(segment),
            lost
                ? Optional.of(
                    "the command ends well and leaves its transaction open: nothing of this stays")
                : Optional.empty()));
  }

  /** Returns the messages that are a migration's own, up to one at which it failed. */
  private List<String> own(Segment segment, Optional<SentMessage> refused) {
    boolean inBlock = isInBlock(segment);
    List<SentMessage> own = new ArrayList<>();
    for (SentMessage message : segment.messages()) {
      boolean last = refused.filter(message::equals).isPresent();
      if (last
          || !(message.isRefused()
              || (inBlock && message.isTransactionControl())
              || message.isOfFramework(tool.framework().ledger()))) {
        own.add(message);
      }
      if (last) {
        break;
      }
    }
    return own.stream().map(SentMessage::text).toList();
  }

  /**
   * Returns true if all messages of a migration are sent in one transaction of the framework's; one
   * that ends it has transactions of its own.
   */
  private boolean isInBlock(Segment segment) {
    List<SentMessage> own =
        segment.messages().stream()
            .filter(message -> !message.isTransactionControl())
            .filter(message -> !message.isOfFramework(tool.framework().ledger()))
            .toList();
    return own.stream().allMatch(message -> message.inBlock() || message.isSetting());
  }

  /** Returns the migration at which the command has stopped. */
  private Optional<String> stoppedAt(List<String> announced, List<String> pending) {
    return announced.reversed().stream()
        .filter(version -> !recorded.containsKey(version))
        .filter(pending::contains)
        .findFirst()
        .or(() -> pending.stream().filter(version -> !recorded.containsKey(version)).findFirst());
  }

  /** Does what was rolled back once more, and records the migration that failed. */
  private void passBy(List<Segment> segments, String version) {
    try (Session session = database.openMigrating()) {
      for (Segment segment : segments) {
        boolean kept = segment.record().filter(m -> m.fate() == SentMessage.Fate.KEPT).isPresent();
        for (SentMessage message : kept ? List.<SentMessage>of() : segment.messages()) {
          if (message.fate() == SentMessage.Fate.ROLLED_BACK
              && !message.isRefused()
              && !message.isTransactionControl()
              && !message.isOfFramework(tool.framework().ledger())) {
            session.execute(message.text());
          }
        }
        if (!kept) {
          segment.record().ifPresent(message -> session.execute(message.text()));
        }
      }
      session.execute(tool.framework().recording(version));
    }
  }

  private Recording recording(List<Migration> pending) {
    List<Migration> all = new ArrayList<>();
    Execution.Scope scope = inOne ? Execution.Scope.RUN : Execution.Scope.FILE;
    recorded.forEach((version, sent) -> all.add(sent.in(listed(version), scope)));
    for (Migration migration : pending) {
      if (!recorded.containsKey(migration.version())) {
        if (isOfUsedApplication(migration, pending)) {
          all.add(notReached(migration));
        } else {
          notes.add(
              migration.file().path()
                  + " is not run: the command runs none of "
                  + tool.framework().application(migration.version())
                  + ", and none of it is applied");
        }
      }
    }
    RecordedTool seen = tool.with(inOne ? Execution.Scope.RUN : Execution.Scope.FILE, recorded);
    List<Migration> migrations = new ArrayList<>();
    folder.migrations().stream()
        .map(
            migration ->
                all.stream()
                    .filter(one -> one.version().equals(migration.version()))
                    .findFirst()
                    .orElse(migration))
        .forEach(migrations::add);
    return new Recording(
        new MigrationFolder(
            seen,
            folder.evidence(),
            migrations,
            folder.versionOrder(),
            folder.downRequired(),
            folder.ignored()),
        all,
        passed.stream().map(version -> listed(version).file()).collect(Collectors.toSet()),
        failed.map(version -> listed(version).file()),
        notes);
  }

  /** Returns true if the command, or production, has run a migration of the same application. */
  private boolean isOfUsedApplication(Migration migration, List<Migration> pending) {
    Framework framework = tool.framework();
    String application = framework.application(migration.version());
    return application.isEmpty()
        || Stream.concat(
                recorded.keySet().stream(),
                folder.migrations().stream()
                    .filter(other -> !pending.contains(other))
                    .map(Migration::version))
            .anyMatch(version -> framework.application(version).equals(application));
  }

  /** Returns the migration of the folder, or one of a library that has no file there. */
  private Migration listed(String version) {
    return folder.migrations().stream()
        .filter(migration -> migration.version().equals(version))
        .findFirst()
        .orElseGet(
            () ->
                new Migration(
                    new MigrationFile(version, "", Path.of(version)),
                    new MigrationText.Sql(SourceText.of(""), Script.of(SourceText.of("")))));
  }

  private static Migration notReached(Migration migration) {
    return migration.refusing(
        List.of(
            new Refusal(
                Refusal.Stage.NOT_REHEARSABLE,
                0,
                0,
                "the command did not come to it",
                Optional.of("mend what is before it, and run again"))));
  }
}
