package dev.confiture.preflight.postgres;

import java.util.Optional;

/** Errors as a server sends them, with no more than a test has to say. */
public final class ServerErrors {

  private ServerErrors() {}

  public static ServerError of(String code, String message) {
    return ServerError.of(code, message, Optional.empty());
  }

  public static ServerError withDetail(String code, String message, String detail) {
    return withDetail(code, message, detail, Optional.empty());
  }

  public static ServerError withDetail(
      String code, String message, String detail, Optional<String> hint) {
    return new ServerError(
        code,
        message,
        Optional.of(detail),
        hint,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
