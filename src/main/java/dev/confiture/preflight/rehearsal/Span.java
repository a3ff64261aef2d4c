package dev.confiture.preflight.rehearsal;

/** A span of a file: the first code point, and the one after the last. */
record Span(int start, int end) {}
