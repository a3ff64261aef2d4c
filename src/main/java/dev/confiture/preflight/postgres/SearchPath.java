package dev.confiture.preflight.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The <a href="https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH">search
 * path</a>: the schemas in which a name without a schema is looked up.
 *
 * @param schemas in any order, without those that are always searched
 */
public record SearchPath(Set<String> schemas) {

  /** The name that stands for the schema of a session's temporary tables. */
  public static final String TEMPORARY = "pg_temp";

  public SearchPath {
    schemas = Set.copyOf(schemas);
  }

  /** Returns a role's path on a server where the setting has its default. */
  public static SearchPath ofRole(String role) {
    return new SearchPath(Set.of("public", role));
  }

  /** Returns the schemas that a value of the setting lists, {@code $user} among them. */
  public static List<String> list(String setting) {
    List<String> schemas = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= setting.length(); i++) {
      char c = i < setting.length() ? setting.charAt(i) : ',';
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        if (!name.isEmpty()) {
          schemas.add(name.toString());
        }
        name.setLength(0);
      } else if (quoted || !Character.isWhitespace(c)) {
        name.append(c);
      }
    }
    return schemas;
  }

  /** Returns this path with more schemas. */
  public SearchPath with(Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(schemas);
    all.addAll(more);
    return new SearchPath(all);
  }

  /** Returns true if both names may mean the same object, one without schema in any of these. */
  public boolean sameObject(QualifiedName one, QualifiedName other) {
    if (!one.name().equals(other.name())) {
      return false;
    }
    return (one.schema().isPresent() && other.schema().isPresent())
        ? one.schema().equals(other.schema())
        : shows(one.schema()) && shows(other.schema());
  }

  private boolean shows(Optional<String> schema) {
    return schema.filter(s -> !schemas.contains(s) && !s.equals(TEMPORARY)).isEmpty();
  }
}
