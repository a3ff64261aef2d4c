package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.NumericVersions;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.AssembledText;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://github.com/jackc/tern">tern</a>: {@code <number>_<name>.sql}, numbered from 1
 * without a gap; what is above its separator is one simple query, in a transaction with the new
 * number of its one row, which it writes when it has reset all settings.
 */
final class Tern implements Tool {

  private static final Pattern FILE = Pattern.compile("([0-9]+)_(.+)\\.sql");
  private static final String SEPARATOR = "---- create above / drop below ----";
  private static final Pattern DISABLE = Pattern.compile("(?m)^---- tern: disable-tx ----\\r?$");
  private static final Pattern TABLE = Pattern.compile("(?m)^[ \\t]*+version_table\\s*=\\s*(\\S+)");

  /** Finds the beginning of a Go template's action, or a whole one that is a value alone. */
  private static final Pattern ACTION =
      Pattern.compile("\\{\\{(?:\\s*+\\.([A-Za-z_][A-Za-z0-9_]*+)\\s*+\\}\\})?");

  private static final QualifiedName USUAL = QualifiedName.of("public", "schema_version");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(Optional.of("write ---- tern: disable-tx ----")),
          Execution.Carry.SETTINGS_RESET,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  private final List<Refusal> ofFolder;
  private final int files;
  private final QualifiedName table;

  Tern() {
    this(List.of(), 0, USUAL);
  }

  private Tern(List<Refusal> ofFolder, int files, QualifiedName table) {
    this.ofFolder = ofFolder;
    this.files = files;
    this.table = table;
  }

  @Override
  public String id() {
    return "tern";
  }

  @Override
  public Description description() {
    return new Description(
        "its HEAD of 2026, with pgx 5",
        "<number>_<name>.sql, numbered from 1 without a gap, with " + SEPARATOR,
        "by number",
        "---- tern: disable-tx ----: each statement by itself",
        "gaps and duplicates are refused, as is a recorded number without its file; changed ones"
            + " ignored",
        "Go templates other than {{.name}} with --placeholder name=VALUE: a file with one is not"
            + " rehearsed; code packages");
  }

  @Override
  public Detection detect(FolderFiles files) {
    List<MigrationFile> found = discover(files);
    return found.stream()
        .filter(
            file ->
                files
                    .read(file.path())
                    .text()
                    .filter(text -> text.text().contains(SEPARATOR))
                    .isPresent())
        .findFirst()
        .map(file -> SEPARATOR + " in " + file.fileName())
        .or(() -> files.project("tern.conf").filter(_ -> !found.isEmpty()).map(_ -> "tern.conf"))
        .<Detection>map(Detection.Evidence::new)
        .orElseGet(Detection.Nothing::new);
  }

  private static List<MigrationFile> discover(FolderFiles files) {
    List<MigrationFile> found = new ArrayList<>();
    for (Path path : files.paths()) {
      Matcher name = FILE.matcher(FolderFiles.name(path));
      if (name.matches() && Files.isRegularFile(path)) {
        found.add(new MigrationFile(name.group(1), name.group(2), path));
      }
    }
    found.sort(MigrationFolder.order(NumericVersions.ORDER));
    return found;
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files);
    List<Refusal> refusals = new ArrayList<>();
    numbering(found).ifPresent(refusals::add);
    List<Migration> migrations = new ArrayList<>();
    for (MigrationFile file : found) {
      FolderFiles.Content content = files.read(file.path());
      content
          .text()
          .filter(text -> !hasSql(up(text)))
          .ifPresent(
              _ ->
                  refusals.add(
                      refusal(
                          "no sql in forward migration step, that of " + file.fileName(),
                          "write a statement above the separator, if only SELECT 1")));
      migrations.add(read(file, content, told.placeholders()));
    }
    QualifiedName named =
        files
            .project("tern.conf")
            .flatMap(path -> files.read(path).text())
            .map(text -> TABLE.matcher(text.text()))
            .filter(Matcher::find)
            .map(given -> QualifiedName.ofMessage(given.group(1)))
            .orElse(USUAL);
    return new MigrationFolder(
        new Tern(refusals, found.size(), named),
        evidence,
        migrations.stream().map(migration -> migration.refusing(refusals)).toList(),
        NumericVersions.ORDER,
        false,
        MigrationFolder.ignored(files, found, "\0"));
  }

  /** Returns the refusal of a folder that is not numbered from 1 on. */
  private static Optional<Refusal> numbering(List<MigrationFile> found) {
    Optional<String> tooLarge =
        found.stream()
            .map(MigrationFile::version)
            .filter(number -> new BigInteger(number).bitLength() >= Integer.SIZE)
            .findFirst();
    if (tooLarge.isPresent()) {
      return Optional.of(
          refusal(
              "strconv.ParseInt: parsing \"" + tooLarge.get() + "\": value out of range",
              "number the files from 1 without a gap"));
    }
    for (int i = 0; i < found.size(); i++) {
      BigInteger number = new BigInteger(found.get(i).version());
      BigInteger expected = BigInteger.valueOf(i + 1L);
      if (!number.equals(expected)) {
        return Optional.of(
            refusal(
                number.compareTo(expected) < 0
                    ? "Duplicate migration " + number
                    : "Missing migration " + expected,
                "number the files from 1 without a gap"));
      }
    }
    return Optional.empty();
  }

  private static Refusal refusal(String message, String hint) {
    return Refusal.ofFile("tern runs none of the folder's files: " + message, hint);
  }

  private static String up(SourceText text) {
    int end = text.text().indexOf(SEPARATOR);
    return end < 0 ? text.text() : text.text().substring(0, end);
  }

  /** Returns the text without what goes down, with the values that are told. */
  private static SourceText sent(SourceText text, Map<String, String> values) {
    String up = up(text);
    int end = up.codePointCount(0, up.length());
    AssembledText sent = new AssembledText();
    sent.add(text, 0, end, ACTION, action -> value(action, values).orElseGet(action::group));
    sent.blank(text, Optional.empty(), end, text.length());
    return sent.text();
  }

  private static Optional<String> value(MatchResult action, Map<String, String> values) {
    return Optional.ofNullable(action.group(1)).map(values::get);
  }

  private static boolean hasSql(String up) {
    return up.lines().map(String::strip).anyMatch(l -> !l.isEmpty() && !l.startsWith("--"));
  }

  private static Migration read(
      MigrationFile file, FolderFiles.Content content, Map<String, String> values) {
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    SourceText sent = sent(text, values);
    return new Migration(
        file,
        new MigrationText.Sql(
            text,
            isTransactional(text)
                ? Script.ofOneMessage(sent)
                : Script.of(sent, TernSplitter.starts(sent))),
        Optional.empty(),
        text.text().contains(SEPARATOR),
        ACTION
            .matcher(up(text))
            .results()
            .filter(action -> value(action, values).isEmpty())
            .findFirst()
            .map(action -> notEvaluated(action, text))
            .stream()
            .toList(),
        List.of(),
        List.of());
  }

  private static Refusal notEvaluated(MatchResult action, SourceText text) {
    int place = text.text().codePointCount(0, action.start());
    return new Refusal(
        Refusal.Stage.NOT_REHEARSABLE,
        place,
        place + action.group().length(),
        "tern evaluates {{ }} as a Go template, which cannot be done here",
        Optional.of(
            Optional.ofNullable(action.group(1))
                .map(name -> "give its value with --placeholder " + name + "=…")
                .orElse("write the text itself")));
  }

  private static boolean isTransactional(SourceText text) {
    return !DISABLE.matcher(up(text)).find();
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    String name = Identifiers.quote(table);
    return Optional.of(
        new LedgerFormat(
                table,
                "version",
                List.of(),
                Set.of(),
                // Flyway's, before its version 5.
                Set.of("installed_rank"),
                List.of(),
                this::applied)
            .madeBy(
                "CREATE TABLE IF NOT EXISTS "
                    + name
                    + " (version int4 NOT NULL PRIMARY KEY); INSERT INTO "
                    + name
                    + " (version) SELECT 0 WHERE 0 = (SELECT count(*) FROM "
                    + name
                    + ")"));
  }

  /** Reads its one row: all up to that number are applied, and none where it is 0. */
  private Applied applied(QualifiedName found, List<LedgerFormat.Row> rows) {
    return rows.stream()
        .map(LedgerFormat.Row::version)
        .filter(version -> !version.equals("0") && NumericVersions.isVersion(version))
        .findFirst()
        .map(
            version ->
                new Applied(
                    found,
                    Set.of(version),
                    Map.of(),
                    Optional.of(version),
                    new BigInteger(version).compareTo(BigInteger.valueOf(files)) > 0
                            && ofFolder.isEmpty()
                        ? Optional.of(
                            Refusal.notRun(
                                "tern runs nothing: current version "
                                    + version
                                    + " is outside the valid versions of 0 to "
                                    + files,
                                "put the missing files back"))
                        : Optional.empty()))
        .orElseGet(() -> new Applied(found, Set.of(), Map.of()));
  }

  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    Optional<String> newest = selection.applied().stream().max(NumericVersions.ORDER);
    PendingSet all =
        PendingSet.notApplied(folder, selection)
            .only(
                migration ->
                    newest.isEmpty()
                        || NumericVersions.ORDER.compare(migration.version(), newest.get()) > 0);
    return all.orRefused(ofFolder, folder);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution recorded =
        EXECUTION.recordedBy(
            Optional.of(
                "RESET ALL"
                    + ledger
                        .map(
                            l ->
                                "; UPDATE "
                                    + Identifiers.quote(l.table())
                                    + " SET version = "
                                    + new BigInteger(migration.version()))
                        .orElse("")));
    return migration.text() instanceof MigrationText.Sql(SourceText file, Script script, _)
            && !isTransactional(file)
        ? recorded
            .with(new Execution.Send.Parts(TernSplitter.starts(script.source())))
            .with(
                Execution.Scope.NONE,
                new Execution.OutsideTransaction.Never(
                    Optional.of("leave BEGIN and COMMIT out of the file")),
                Execution.EndOfFile.TRANSACTION_LOST)
        : recorded;
  }
}
