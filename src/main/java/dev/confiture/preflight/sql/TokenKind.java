package dev.confiture.preflight.sql;

/** Kinds of token (manual, 4.1 "Lexical Structure"). */
public enum TokenKind {
  /** A keyword or unquoted identifier. */
  WORD,
  /** {@code "…"}, also {@code U&"…"}. */
  QUOTED_IDENTIFIER,
  /** {@code '…'} with any prefix. */
  STRING,
  /** {@code $tag$…$tag$}. */
  DOLLAR_STRING,
  NUMBER,
  /** {@code $1}. */
  PARAMETER,
  OPERATOR,
  /** One of {@code , ; ( ) [ ] . :} and {@code ::}. */
  PUNCTUATION,
  COMMENT,
  WHITESPACE,
  /** A string, name or comment that the text ends in the middle of. */
  UNTERMINATED
}
