package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table in which a tool records what it has applied, and how its rows are read.
 *
 * @param name its default name; without a schema, {@code search_path} decides
 * @param version the column that names a migration
 * @param details further columns that tell something; a database may lack them
 * @param required columns without which a table of this name is another tool's
 * @param foreign columns with which it is
 * @param ownSchemas schemas in which the tool keeps other tables of its own
 * @param rows the rule by which the rows are read
 * @param creation the query by which the tool makes it where it is missing, and does nothing where
 *     it is not; empty where the engine leaves that
 */
public record LedgerFormat(
    QualifiedName name,
    String version,
    List<String> details,
    Set<String> required,
    Set<String> foreign,
    List<String> ownSchemas,
    Rows rows,
    Optional<String> creation) {

  /** Makes the format of a table that is never made here. */
  public LedgerFormat(
      QualifiedName name,
      String version,
      List<String> details,
      Set<String> required,
      Set<String> foreign,
      List<String> ownSchemas,
      Rows rows) {
    this(name, version, details, required, foreign, ownSchemas, rows, Optional.empty());
  }

  /** Returns the same, made by this query where it is missing. */
  public LedgerFormat madeBy(String query) {
    return new LedgerFormat(
        name, version, details, required, foreign, ownSchemas, rows, Optional.of(query));
  }

  /** Makes the format of a table whose name no other tool has. */
  public LedgerFormat(
      QualifiedName name,
      String version,
      List<String> details,
      List<String> ownSchemas,
      Rows rows) {
    this(name, version, details, Set.of(), Set.of(), ownSchemas, rows);
  }

  public LedgerFormat {
    details = List.copyOf(details);
    required = Set.copyOf(required);
    foreign = Set.copyOf(foreign);
    ownSchemas = List.copyOf(ownSchemas);
  }

  /** Returns the columns that tell whether a table is this ledger, and what is applied. */
  List<String> columns() {
    Set<String> all = new LinkedHashSet<>(details);
    all.add(version);
    all.addAll(required);
    all.addAll(foreign);
    return List.copyOf(all);
  }

  /** Returns true if a table of its name with these of its columns is this ledger. */
  boolean isMetBy(Collection<String> columns) {
    return columns.contains(version)
        && columns.containsAll(required)
        && foreign.stream().noneMatch(columns::contains);
  }

  /** Returns true for a table that lies where it does: its name may fix the schema. */
  boolean liesWith(QualifiedName table) {
    return name.schema().isEmpty() || table.schema().equals(name.schema());
  }

  /** The rule by which a tool reads its own rows. */
  @FunctionalInterface
  public interface Rows {

    /** Returns what the rows of a table tell. */
    Applied applied(QualifiedName table, List<Row> rows);
  }

  /**
   * A row of a ledger.
   *
   * @param version what names the migration
   * @param details the values of the further columns, as text; NULL and absent columns are not
   *     there
   */
  public record Row(String version, Map<String, String> details) {
    public Row {
      details = Map.copyOf(details);
    }
  }

  /**
   * The applied migrations, as a ledger has them.
   *
   * @param table the ledger's name, with its schema
   * @param versions the applied versions
   * @param checksums the checksums of the files as they were applied, by version, where it holds
   *     them
   * @param upTo a version up to which all are applied, where the ledger tells it in that way
   * @param refused the reason in its rows for which the tool deploys nothing, if there is one
   * @param rows the rows themselves; where some are there and name no migration, none is applied
   */
  public record Applied(
      QualifiedName table,
      Set<String> versions,
      Map<String, String> checksums,
      Optional<String> upTo,
      Optional<Refusal> refused,
      List<Row> rows) {

    /** Makes what a ledger tells whose rows tell no more. */
    public Applied(
        QualifiedName table,
        Set<String> versions,
        Map<String, String> checksums,
        Optional<String> upTo,
        Optional<Refusal> refused) {
      this(table, versions, checksums, upTo, refused, List.of());
    }

    /** Makes what a ledger tells that holds a row for each migration. */
    public Applied(QualifiedName table, Set<String> versions, Map<String, String> checksums) {
      this(table, versions, checksums, Optional.empty(), Optional.empty());
    }

    /** Returns the same with the rows that it was read from, where the tool has kept none. */
    Applied readFrom(List<Row> read) {
      return rows.isEmpty() ? new Applied(table, versions, checksums, upTo, refused, read) : this;
    }

    public Applied {
      versions = Set.copyOf(versions);
      checksums = Map.copyOf(checksums);
      rows = List.copyOf(rows);
    }
  }
}
