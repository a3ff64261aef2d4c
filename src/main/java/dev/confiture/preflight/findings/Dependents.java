package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What keeps an object from being dropped, a line each: {@code constraint c on table t depends on
 * table u} (manual, 5.14 "Dependency Tracking").
 */
final class Dependents {

  private static final String DEPENDS = " depends on ";
  private static final String DEFAULT = "default value for ";

  /** The kinds whose removal takes a dependent along. */
  private static final List<ObjectKind> KINDS =
      List.of(ObjectKind.RELATION, ObjectKind.FUNCTION, ObjectKind.TYPE, ObjectKind.EXTENSION);

  private static final List<ObjectKind> PARTS =
      List.of(ObjectKind.CONSTRAINT, ObjectKind.TRIGGER, ObjectKind.POLICY, ObjectKind.RULE);

  private Dependents() {}

  /** For each dependent the objects with which it would be gone. */
  static List<List<DatabaseObject>> of(String detail) {
    Set<String> subjects = new TreeSet<>();
    detail
        .lines()
        .filter(line -> line.contains(DEPENDS))
        .forEach(line -> subjects.add(line.substring(0, line.indexOf(DEPENDS))));
    List<List<DatabaseObject>> each = new ArrayList<>();
    for (String line : detail.lines().toList()) {
      List<DatabaseObject> alternatives = new ArrayList<>();
      int depends = line.indexOf(DEPENDS);
      if (depends > 0) {
        add(line.substring(0, depends), alternatives);
        // A view on a view: it goes with that one.
        String needed = line.substring(depends + DEPENDS.length());
        if (subjects.contains(needed)) {
          add(needed, alternatives);
        }
      }
      // "and 3 other objects (see server log for list)" may be anything.
      each.add(alternatives);
    }
    return each;
  }

  private static void add(String described, List<DatabaseObject> alternatives) {
    String subject =
        described.startsWith(DEFAULT) ? described.substring(DEFAULT.length()) : described;
    int on = subject.indexOf(" on ");
    int of = subject.indexOf(" of table ");
    if (on > 0) {
      QualifiedName table = name(subject.substring(on));
      String part = name(subject.substring(0, on)).name();
      for (ObjectKind kind : PARTS) {
        alternatives.add(DatabaseObject.of(kind, part, table));
      }
      // A constraint goes with its column, which a generated name tells.
      String prefix = table.name() + "_";
      int suffix = part.lastIndexOf('_');
      if (part.startsWith(prefix) && suffix > prefix.length()) {
        alternatives.add(
            DatabaseObject.of(ObjectKind.COLUMN, part.substring(prefix.length(), suffix), table));
      }
      alternatives.add(DatabaseObject.of(ObjectKind.RELATION, table));
    } else if (of > 0) {
      QualifiedName table = name(subject.substring(of));
      alternatives.add(
          DatabaseObject.of(ObjectKind.COLUMN, name(subject.substring(0, of)).name(), table));
      alternatives.add(DatabaseObject.of(ObjectKind.RELATION, table));
    } else {
      for (ObjectKind kind : KINDS) {
        alternatives.add(DatabaseObject.of(kind, name(subject)));
      }
    }
  }

  /** The last word, without a function's arguments and without quotes. */
  private static QualifiedName name(String described) {
    String text = described.split("\\(", 2)[0].strip();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      start = !quoted && text.charAt(i) == ' ' ? i + 1 : start;
    }
    return QualifiedName.ofMessage(text.substring(start).replace("\"", ""));
  }
}
