package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * confiture: {@code <version>_<name>.up.sql} with a {@code .down.sql} beside it, and {@code
 * <version>_<name>.py}; versions compared as strings, each SQL file one simple query in a
 * savepoint, one session for all.
 */
final class ConfitureTool implements Tool {

  private static final String UP = ".up.sql";
  private static final String DOWN = ".down.sql";
  private static final String SIDECAR = ".yaml";
  private static final String PYTHON = ".py";

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE_IN_SAVEPOINT,
          new Execution.OutsideTransaction.SingleStatement(
              "ran outside a transaction; confiture before 0.33 refuses this file"),
          Execution.Carry.SAME_SESSION,
          Optional.empty(),
          Execution.EndOfFile.TOOL_COMMITS);

  /** How many files a sentence about several names. */
  private static final int MOST_NAMED = 3;

  @Override
  public String id() {
    return "confiture";
  }

  @Override
  public boolean recognises(List<Path> files) {
    return files.stream().anyMatch(file -> fileName(file).endsWith(UP))
        || (new PlainTool().discover(files).isEmpty()
            && discover(files).stream()
                .anyMatch(file -> NumericVersions.isVersion(file.version())));
  }

  @Override
  public List<MigrationFile> discover(List<Path> files) {
    List<MigrationFile> migrations = new ArrayList<>();
    for (Path file : files) {
      String name = fileName(file);
      boolean sql = name.endsWith(UP);
      if (sql || isPython(file)) {
        String base = name.substring(0, name.length() - (sql ? UP : PYTHON).length());
        int underscore = base.indexOf('_');
        migrations.add(
            underscore < 0
                ? new MigrationFile(base, "", file)
                : new MigrationFile(
                    base.substring(0, underscore), base.substring(underscore + 1), file));
      }
    }
    return migrations;
  }

  @Override
  public boolean accompanies(Path file) {
    return fileName(file).endsWith(DOWN);
  }

  @Override
  public boolean hasDown(MigrationFile file) {
    // Another kind of file undoes itself: its class has a method for it.
    return !fileName(file.path()).endsWith(UP) || Files.exists(downFile(file.path()));
  }

  @Override
  public boolean requiresDown() {
    return true;
  }

  /** The tracking table's slug is the name and the second, and is unique. */
  @Override
  public List<String> warnings(List<MigrationFile> together) {
    Map<String, List<String>> byName = new TreeMap<>();
    for (MigrationFile file : together) {
      if (!file.name().isEmpty()) {
        byName.computeIfAbsent(file.name(), _ -> new ArrayList<>()).add(fileName(file.path()));
      }
    }
    return byName.values().stream()
        .filter(files -> files.size() > 1)
        .map(
            files ->
                few(files)
                    + " have one name: confiture cannot record two of them within one second")
        .toList();
  }

  @Override
  public Comparator<String> versionOrder() {
    return Comparator.naturalOrder();
  }

  @Override
  public Optional<QualifiedName> trackingTable() {
    return Optional.of(QualifiedName.of("tb_confiture"));
  }

  @Override
  public Optional<Path> sidecar(MigrationFile file) {
    return Optional.of(beside(file.path(), SIDECAR)).filter(Files::exists);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution recorded = EXECUTION.recordedBy(ledger.map(l -> insert(migration.file(), l)));
    return switch (migration.text()) {
      case MigrationText.Recorded(_, Recording recording) -> execution(recorded, recording);
      case MigrationText.Sql _, MigrationText.Python _, MigrationText.Unreadable _ -> recorded;
    };
  }

  /** confiture does not look into what a Python file executes: its class says what it needs. */
  private static Execution execution(Execution sql, Recording recording) {
    return sql.with(new Execution.Send.Parts(recording.starts()))
        .with(
            recording.transactional() ? sql.scope() : Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(),
            recording.transactional()
                ? Execution.EndOfFile.TOOL_COMMITS
                : Execution.EndOfFile.TRANSACTION_REFUSED);
  }

  @Override
  public String textToSend(MigrationText.Sql text) {
    return WrapperLines.blanked(text.script());
  }

  @Override
  public List<Refusal> refusals(
      MigrationFile file, MigrationText.Sql text, List<MigrationFile> all) {
    List<Refusal> refusals = new ArrayList<>(ConfitureText.refusals(text.script()));
    if (!Files.exists(downFile(file.path()))) {
      refusals.add(
          ofFile(
              "confiture does not load a migration without its down file",
              "add " + fileName(downFile(file.path()))));
    }
    refusals.addAll(doubled(file, all));
    return refusals;
  }

  @Override
  public List<Refusal> refusals(MigrationFile file, Recording recording, List<MigrationFile> all) {
    List<Refusal> refusals = new ArrayList<>(RecordedText.refusals(recording));
    refusals.addAll(doubled(file, all));
    return refusals;
  }

  private static List<Refusal> doubled(MigrationFile file, List<MigrationFile> all) {
    List<Refusal> refusals = new ArrayList<>();
    for (MigrationFile other : all) {
      if (other.version().equals(file.version()) && !other.equals(file)) {
        refusals.add(
            ofFile(
                "version "
                    + file.version()
                    + " is also the version of "
                    + fileName(other.path())
                    + ", and confiture deploys neither",
                "give one of them a version of its own"));
      }
    }
    return refusals;
  }

  private static String insert(MigrationFile file, Ledger ledger) {
    return "INSERT INTO "
        + Identifiers.quote(ledger.written())
        + " ("
        + ledger.key().map(key -> Identifiers.quote(key.column()) + ", ").orElse("")
        + "slug, version, name, execution_time_ms, checksum)"
        + (ledger.key().isPresent() ? " OVERRIDING SYSTEM VALUE" : "")
        + " VALUES ("
        + ledger.key().map(key -> key.value() + ", ").orElse("")
        + Identifiers.literal(file.name() + "_preflight_" + file.version())
        + ", "
        + Identifiers.literal(file.version())
        + ", "
        + Identifiers.literal(file.name())
        + ", 0, "
        + Checksum.of(file.path()).map(Identifiers::literal).orElse("NULL")
        + ")";
  }

  private static String few(List<String> files) {
    int shown = Math.min(MOST_NAMED, files.size());
    String names = String.join(", ", files.subList(0, shown));
    return shown == files.size() ? names : names + " and " + (files.size() - shown) + " more";
  }

  /** Whether confiture would execute it as Python. */
  static boolean isPython(Path file) {
    return fileName(file).endsWith(PYTHON) && !fileName(file).startsWith("_");
  }

  private static Refusal ofFile(String message, String hint) {
    return new Refusal(Refusal.Stage.FILE, 0, 0, message, Optional.of(hint));
  }

  private static Path downFile(Path up) {
    return beside(up, DOWN);
  }

  private static Path beside(Path up, String ending) {
    String name = fileName(up);
    return up.resolveSibling(name.substring(0, name.length() - UP.length()) + ending);
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }
}
