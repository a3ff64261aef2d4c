package dev.confiture.preflight.sql;

/**
 * The kinds of token in PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">lexical structure</a>.
 */
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
