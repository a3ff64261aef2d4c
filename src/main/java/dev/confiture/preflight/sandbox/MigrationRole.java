package dev.confiture.preflight.sandbox;

/**
 * The role that migrates.
 *
 * @param name its name
 * @param reason why this one, for example {@code owner of public.tb_confiture}
 * @param superuser true if it is a superuser, as it may be on an external server only
 */
public record MigrationRole(String name, String reason, boolean superuser) {}
