package dev.confiture.preflight.postgres;

/** How far the rights that a role has in production are known, and had in the sandbox. */
public enum RoleRights {
  /** Nothing tells its attributes and memberships. */
  UNKNOWN,
  /** It is a superuser in production; in the sandbox it is none. */
  SUPERUSER,
  /** It has attributes or memberships in production that a schema does not give it. */
  WITHHELD,
  /** It has what it has in production. */
  KNOWN
}
