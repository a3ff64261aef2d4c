package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Digest;
import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.AssembledText;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * <a href="https://github.com/graphile/migrate">graphile-migrate</a>: the files of {@code
 * committed}, each signed by a hash of its text and of the one before it; one simple query a file,
 * in a transaction with its record.
 *
 * <p>What is not after the newest record, by file name, is never run.
 */
final class GraphileMigrate implements Tool {

  private static final String NAME = "graphile-migrate";
  private static final String COMMITTED = "committed";
  private static final String SQL = ".sql";
  private static final String PREVIOUS = "Previous";
  private static final String HASH = "Hash";
  private static final Pattern FILE = Pattern.compile("([0-9]+)(-[-_a-zA-Z0-9]*)?\\.sql");
  private static final Pattern HEADER = Pattern.compile("--! ([A-Z][a-zA-Z0-9_]*)(?::([^\\r]*))?");
  private static final Pattern NO_TRANSACTION = Pattern.compile("--!\\s*no-transaction\\b.*");
  private static final Pattern KEY =
      Pattern.compile(
          "[\"']?(:[A-Z][A-Z0-9_]*+)[\"']?\\s*+:"
              + "(?:\\s*+(?:\"([^\"\\\\\\r\\n]*+)\"|'([^'\\\\\\r\\n]*+)')(?=\\s*+[,}]))?");

  /** Stands for the value of an environment variable. */
  private static final String ENV = "!ENV";

  private static final QualifiedName TABLE = QualifiedName.of("graphile_migrate", "migrations");

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              TABLE,
              "filename",
              List.of("hash"),
              Set.of("hash", "previous_hash"),
              Set.of(),
              List.of("graphile_migrate"),
              GraphileMigrate::applied)
          .madeBy(
              "create schema if not exists graphile_migrate; create table if not exists"
                  + " graphile_migrate.migrations (hash text primary key, previous_hash text"
                  + " references graphile_migrate.migrations, filename text not null, date"
                  + " timestamptz not null default now()); create table if not exists"
                  + " graphile_migrate.current (filename text primary key default 'current.sql',"
                  + " content text not null, date timestamptz not null default now())");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of("write --! no-transaction as the first line below the header")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  private final List<Refusal> ofFolder;

  GraphileMigrate() {
    this(List.of());
  }

  private GraphileMigrate(List<Refusal> ofFolder) {
    this.ofFolder = ofFolder;
  }

  /**
   * A file in its parts.
   *
   * @param headers the values of the lines at its beginning
   * @param start where the rest begins, without the blank around it
   * @param end where it ends
   * @param isSeparate true if a blank line is between them
   * @param body the rest, as it is signed and sent
   */
  private record Parsed(
      Map<String, String> headers, int start, int end, boolean isSeparate, String body) {

    static Parsed of(SourceText text) {
      Map<String, String> headers = new HashMap<>();
      int line = 1;
      Matcher header = HEADER.matcher(raw(text, line));
      while (header.matches()) {
        headers.put(
            header.group(1), Optional.ofNullable(header.group(2)).map(Parsed::trimmed).orElse(""));
        line++;
        header = HEADER.matcher(line <= text.lineCount() ? raw(text, line) : "");
      }
      int start = line == 1 ? 0 : line <= text.lineCount() ? text.lineStart(line) : text.length();
      boolean separate = line <= text.lineCount() && raw(text, line).isEmpty();
      int end = text.length();
      while (start < end && isBlank(text.codePointAt(start))) {
        start++;
      }
      while (start < end && isBlank(text.codePointAt(end - 1))) {
        end--;
      }
      return new Parsed(headers, start, end, separate, text.substring(start, end) + "\n");
    }

    /** Returns a line as JavaScript splits them: a carriage return is a part of it. */
    private static String raw(SourceText text, int line) {
      int start = line == 1 ? 0 : text.lineStart(line);
      int end = line < text.lineCount() ? text.lineStart(line + 1) - 1 : text.length();
      return text.substring(start, Math.max(start, end));
    }

    /** As JavaScript trims: a byte order mark is blank, too. */
    private static boolean isBlank(int c) {
      return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xFEFF;
    }

    private static String trimmed(String text) {
      return text.strip();
    }

    Optional<String> previous() {
      return Optional.ofNullable(headers.get(PREVIOUS)).filter(hash -> !hash.equals("-"));
    }

    String hash() {
      return headers.getOrDefault(HASH, "");
    }

    String computed() {
      return "sha1:" + Digest.SHA_1.of(previous().map(hash -> hash + "\n").orElse("") + body);
    }

    boolean isTransactional() {
      return !NO_TRANSACTION.matcher(body.lines().findFirst().orElse("")).matches();
    }
  }

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public Description description() {
    return new Description(
        "1.4.1",
        "committed/<number>[-<name>].sql with --! Previous and --! Hash",
        "by number, as text",
        "--! no-transaction as first line below the header: it is still one message",
        "those not after the newest record are passed over in silence; a broken chain of hashes and"
            + " a changed pending file are refused, a changed applied one when the next one is"
            + " recorded",
        "placeholders without a value in .gmrc or --placeholder NAME=VALUE, :DATABASE_NAME and"
            + " :DATABASE_OWNER among them: a file that holds one is not rehearsed; current.sql,"
            + " which it does not deploy; the actions of .gmrc");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return discover(files).stream()
        .filter(
            file ->
                files
                    .read(file.path())
                    .text()
                    .filter(text -> Parsed.of(text).headers().containsKey(PREVIOUS))
                    .isPresent())
        .findFirst()
        .<Detection>map(file -> new Detection.Evidence("--! Previous in " + file.fileName()))
        .orElseGet(Detection.Nothing::new);
  }

  private static List<MigrationFile> discover(FolderFiles files) {
    Path committed = files.folder().resolve(COMMITTED);
    List<Path> paths =
        Files.isDirectory(committed)
            ? files.below().stream().filter(path -> committed.equals(path.getParent())).toList()
            : files.paths();
    List<MigrationFile> found = new ArrayList<>();
    for (Path path : paths) {
      Matcher name = FILE.matcher(FolderFiles.name(path));
      if (name.matches() && Files.isRegularFile(path)) {
        String rest = Optional.ofNullable(name.group(2)).orElse("");
        found.add(new MigrationFile(name.group(1), rest.isEmpty() ? "" : rest.substring(1), path));
      }
    }
    found.sort(MigrationFolder.order(Comparator.naturalOrder()));
    return found;
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files);
    List<Refusal> refusals = new ArrayList<>();
    Optional<Parsed> before = Optional.empty();
    for (MigrationFile file : found) {
      Optional<Parsed> parsed = files.read(file.path()).text().map(Parsed::of);
      if (parsed.isPresent() && refusals.isEmpty()) {
        chain(file, parsed.get(), before).ifPresent(refusals::add);
      }
      before = parsed;
    }
    Placeholders placeholders = Placeholders.of(files, told.placeholders());
    return new MigrationFolder(
        new GraphileMigrate(refusals),
        evidence,
        found.stream()
            .map(file -> read(file, files.read(file.path()), placeholders).refusing(refusals))
            .toList(),
        Comparator.naturalOrder(),
        false,
        MigrationFolder.ignored(files, found, "current.sql"));
  }

  /** Returns the refusal of a file whose header does not continue that of the one before it. */
  private static Optional<Refusal> chain(
      MigrationFile file, Parsed parsed, Optional<Parsed> before) {
    String name = file.fileName();
    if (!parsed.isSeparate()) {
      return Optional.of(
          refusal(
              "Invalid migration '"
                  + name
                  + "': there should be two newlines after the headers section",
              "save it with line feeds alone, and a blank line below the header"));
    }
    for (String header : List.of(PREVIOUS, HASH)) {
      if (parsed.headers().getOrDefault(header, "").isEmpty()) {
        return Optional.of(
            refusal(
                "Invalid committed migration '"
                    + name
                    + "': no '"
                    + header.toLowerCase(Locale.ROOT)
                    + "' comment",
                "make it with graphile-migrate commit"));
      }
    }
    if (before.isEmpty()) {
      return parsed
          .previous()
          .map(
              _ ->
                  refusal(
                      "Migration '"
                          + name
                          + "' expected a previous migration, but no correctly ordered previous"
                          + " migration was found",
                      "put the file before it back"));
    }
    return parsed.previous().filter(before.get().hash()::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            refusal(
                "Previous migration with hash '"
                    + before.get().hash()
                    + "' doesn't match '"
                    + name
                    + "''s expected previous hash '"
                    + parsed.previous().orElse("null")
                    + "'",
                "uncommit it and commit it anew, behind the one before it"));
  }

  private static Refusal refusal(String message, String hint) {
    return Refusal.ofFile(NAME + " runs none of the folder's files: " + message, hint);
  }

  /**
   * The names in a text that it replaces: its own, and those of .gmrc.
   *
   * @param names finds them
   * @param values the values that are known; what .gmrc takes from the environment is not
   */
  private record Placeholders(Pattern names, Map<String, String> values) {

    static Placeholders of(FolderFiles files, Map<String, String> told) {
      Set<String> names = new LinkedHashSet<>(List.of(":DATABASE_NAME", ":DATABASE_OWNER"));
      Map<String, String> values = new HashMap<>();
      files
          .project(".gmrc", ".gmrc.json", ".gmrc.json5", ".gmrc.js", ".gmrc.cjs")
          .flatMap(path -> files.read(path).text())
          .ifPresent(
              text ->
                  KEY.matcher(text.text())
                      .results()
                      .forEach(
                          found -> {
                            names.add(found.group(1));
                            Optional.ofNullable(found.group(2))
                                .or(() -> Optional.ofNullable(found.group(3)))
                                .filter(value -> !value.equals(ENV))
                                .ifPresent(value -> values.put(found.group(1), value));
                          }));
      told.forEach((name, value) -> values.put(name.startsWith(":") ? name : ":" + name, value));
      return new Placeholders(
          Pattern.compile(
              names.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")\\b"))),
          values);
    }

    /** Returns the text that is sent: without the header, the names replaced where known. */
    SourceText replaced(SourceText text, Parsed parsed) {
      AssembledText sent = new AssembledText();
      sent.blank(text, Optional.empty(), 0, parsed.start());
      sent.add(
          text,
          parsed.start(),
          parsed.end(),
          names,
          found -> values.getOrDefault(found.group(), found.group()));
      sent.blank(text, Optional.empty(), parsed.end(), text.length());
      return sent.text();
    }
  }

  private static Migration read(
      MigrationFile file, FolderFiles.Content content, Placeholders placeholders) {
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    Parsed parsed = Parsed.of(text);
    List<Refusal> refusals = new ArrayList<>();
    if (!parsed.computed().equals(parsed.hash())
        && !parsed.headers().containsKey("AllowInvalidHash")) {
      refusals.add(
          Refusal.ofFile(
              NAME
                  + " does not run the file: Hash for "
                  + file.fileName()
                  + " does not match - "
                  + parsed.computed()
                  + " !== "
                  + parsed.hash()
                  + "; has the file been tampered with?",
              "uncommit it and commit it anew"));
    }
    Matcher named = placeholders.names().matcher(parsed.body());
    boolean known = true;
    while (known && named.find()) {
      known = placeholders.values().containsKey(named.group());
    }
    if (!known) {
      int place = parsed.start() + parsed.body().codePointCount(0, named.start());
      refusals.add(
          new Refusal(
              Refusal.Stage.NOT_REHEARSABLE,
              place,
              place + named.group().length(),
              NAME + " puts a value for " + named.group() + " here, which is not known",
              Optional.of("give it with --placeholder " + named.group().substring(1) + "=…")));
    }
    return new Migration(
        file,
        new MigrationText.Sql(text, Script.ofOneMessage(placeholders.replaced(text, parsed))),
        Optional.of(parsed.hash()),
        false,
        refusals,
        List.of(),
        List.of());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  /** Its changed hashes are found when the next file is recorded, and not before. */
  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    return new Applied(
        table,
        rows.stream().map(row -> number(row.version())).collect(Collectors.toSet()),
        Map.of());
  }

  private static String number(String fileName) {
    return fileName.endsWith(SQL)
        ? fileName.substring(0, fileName.length() - SQL.length())
        : fileName;
  }

  /** Fails what is not after the newest record: the tool passes over it, and says nothing. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    Optional<String> newest = selection.applied().stream().max(Comparator.naturalOrder());
    return all.with(
            migration ->
                newest.filter(last -> migration.version().compareTo(last) < 0).isEmpty()
                    ? migration
                    : migration.refusing(
                        List.of(
                            Refusal.notRun(
                                NAME
                                    + " never runs it: its number is not after "
                                    + newest.get()
                                    + ", which is recorded, and so it is passed over in silence",
                                "uncommit it and commit it anew, behind the newest one"))))
        .orRefused(ofFolder, folder);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Optional<Parsed> parsed = migration.text().source().map(Parsed::of);
    Execution recorded =
        EXECUTION.recordedBy(ledger.flatMap(l -> parsed.map(file -> insert(migration, file, l))));
    return parsed.filter(file -> !file.isTransactional()).isPresent()
        ? recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "put it into a migration of its own: "
                        + NAME
                        + " sends all statements of a file together")),
            Execution.EndOfFile.TRANSACTION_LOST)
        : recorded;
  }

  private static String insert(Migration migration, Parsed parsed, Ledger ledger) {
    return "insert into "
        + Identifiers.quote(ledger.table())
        + " (hash, previous_hash, filename) values ("
        + Identifiers.literal(parsed.hash())
        + ", "
        + parsed.previous().map(Identifiers::literal).orElse("null")
        + ", "
        + Identifiers.literal(migration.version() + SQL)
        + ")";
  }
}
