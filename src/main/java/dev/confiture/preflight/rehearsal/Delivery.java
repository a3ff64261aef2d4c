package dev.confiture.preflight.rehearsal;

/** A file on its way to the server; it can be sent more than once. */
@FunctionalInterface
interface Delivery {

  /** Sends it, in a transaction of its own unless it needs none. */
  Delivered deliver();
}
