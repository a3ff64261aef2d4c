package dev.confiture.preflight.sql;

/** The bytes of a file, read as UTF-8. */
public sealed interface DecodedText permits SourceText, UndecodableText {}
