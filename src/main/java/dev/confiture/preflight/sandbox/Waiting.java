package dev.confiture.preflight.sandbox;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How a server that is still starting is waited for.
 *
 * @param limit for how long at most; zero: it is up, or it is a problem
 * @param began told once, when there is something to wait for: what the server or the network says
 * @param ended whether nobody waits any longer
 */
public record Waiting(Duration limit, Consumer<String> began, BooleanSupplier ended) {

  /** The server is up. */
  public static final Waiting NONE = new Waiting(Duration.ZERO, _ -> {}, () -> false);
}
