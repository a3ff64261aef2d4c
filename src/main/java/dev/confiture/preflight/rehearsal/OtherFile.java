package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;

/** A file that is not the migration's own, and its text. */
public record OtherFile(Path path, SourceText text) {}
