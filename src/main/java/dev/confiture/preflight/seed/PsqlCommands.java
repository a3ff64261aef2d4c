package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Script;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done with psql's commands: none is run, and one that would matter is told. */
final class PsqlCommands {

  /** Those that change nothing of what a restore makes, or that {@code pg_dump} writes. */
  private static final Set<String> HARMLESS =
      Set.of("connect", "c", "set", "unset", "encoding", "conninfo", "q", "!");

  private PsqlCommands() {}

  /** The note on a command that is left out, unless it would change nothing. */
  static Optional<String> note(Script script, MetaCommand command) {
    return command.isWithoutEffect() || HARMLESS.contains(command.name())
        ? Optional.empty()
        : Optional.of(
            "\\"
                + command.name()
                + " of the schema file is left out, since it is a command of psql's (line "
                + script.source().position(command.start()).line()
                + ")");
  }

  /** A file of pg_dumpall's connects to one database after another. */
  static Optional<String> noteOnDatabases(Script script) {
    List<String> names =
        script.pieces().stream()
            .filter(MetaCommand.class::isInstance)
            .map(MetaCommand.class::cast)
            .filter(command -> command.name().equals("connect") || command.name().equals("c"))
            .map(command -> script.source().substring(command.start(), command.end()).split("\\s+"))
            .map(words -> words[words.length - 1])
            .filter(name -> !name.equals("template1") && !name.equals("postgres"))
            .distinct()
            .toList();
    return names.size() < 2
        ? Optional.empty()
        : Optional.of(
            "the schema file holds several databases, all restored into one: "
                + String.join(", ", names));
  }
}
