package dev.confiture.preflight.sql;

/** A place for people: line and column, from 1; columns count code points. */
public record Position(int line, int column) {}
