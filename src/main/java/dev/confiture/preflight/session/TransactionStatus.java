package dev.confiture.preflight.session;

/** The status that the server reports with ReadyForQuery (manual, 55.2). */
public enum TransactionStatus {
  IDLE,
  IN_BLOCK,
  FAILED_BLOCK
}
