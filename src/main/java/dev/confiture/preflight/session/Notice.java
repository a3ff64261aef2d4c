package dev.confiture.preflight.session;

/**
 * A notice or warning of the server.
 *
 * @param severity as the server names it, for example WARNING
 */
public record Notice(String severity, String sqlState, String message) {}
