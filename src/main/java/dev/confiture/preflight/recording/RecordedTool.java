package dev.confiture.preflight.recording;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.LedgerFormat.Row;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A framework as the tool of migrations whose SQL was recorded: it executes them as it did then.
 */
final class RecordedTool implements Tool {

  private final Framework framework;
  private final Map<String, List<String>> before;
  private final Execution.Scope scope;
  private final Map<String, Recorded> recorded;

  /**
   * Makes the tool of a project.
   *
   * @param before the migrations before one, where the files tell it and the ledger names the
   *     newest alone
   * @param scope the transaction that it was seen to open
   * @param recorded what each migration sent, by its version
   */
  RecordedTool(
      Framework framework,
      Map<String, List<String>> before,
      Execution.Scope scope,
      Map<String, Recorded> recorded) {
    this.framework = framework;
    this.before = Map.copyOf(before);
    this.scope = scope;
    this.recorded = Map.copyOf(recorded);
  }

  Framework framework() {
    return framework;
  }

  /** Returns the same with what was recorded. */
  RecordedTool with(Execution.Scope seen, Map<String, Recorded> sent) {
    return new RecordedTool(framework, before, seen, sent);
  }

  @Override
  public String id() {
    return framework.id();
  }

  @Override
  public Description description() {
    return new Description(
        framework.measured(),
        "the files that " + framework.title() + " takes for migrations",
        "that in which the command runs them",
        framework.optOut(),
        "whatever the command does",
        "what a migration would do behind the statement at which it fails");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return new Detection.Nothing();
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    return CodeProject.read(files.folder(), Optional.of(id()));
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    String version = framework.key().getLast();
    List<String> details = framework.key().subList(0, framework.key().size() - 1);
    return Optional.of(
        new LedgerFormat(
            QualifiedName.of(framework.ledger()),
            version,
            details,
            Set.copyOf(details),
            Set.of(),
            List.of(),
            (table, rows) -> applied(table, version, rows)));
  }

  private Applied applied(QualifiedName table, String version, List<Row> rows) {
    Set<String> applied = new LinkedHashSet<>();
    for (Row row : rows) {
      Map<String, String> values = new HashMap<>(row.details());
      values.put(version, row.version());
      Deque<String> open = new ArrayDeque<>();
      framework.keyOf(values).ifPresent(open::push);
      // Alembic's ledger has the newest of a line alone.
      while (!open.isEmpty()) {
        String each = open.pop();
        if (applied.add(each)) {
          before.getOrDefault(each, List.of()).forEach(open::push);
        }
      }
    }
    return new Applied(table, applied, Map.of());
  }

  @Override
  public Execution execution() {
    return new Execution(
        new Execution.Send.WholeText(),
        scope,
        new Execution.OutsideTransaction.Never(Optional.of("see " + framework.optOut())),
        Execution.Carry.SAME_SESSION,
        Execution.LedgerWrites.NONE,
        Execution.EndOfFile.TOOL_COMMITS,
        Execution.OwnEnd.IGNORED);
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    return Optional.ofNullable(recorded.get(migration.version()))
        .map(sent -> sent.execution(execution()))
        .orElseGet(this::execution);
  }
}
