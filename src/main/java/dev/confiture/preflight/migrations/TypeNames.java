package dev.confiture.preflight.migrations;

import java.util.Locale;
import java.util.Map;

/** The short names of types that confiture takes for those of {@code information_schema}. */
final class TypeNames {

  private static final Map<String, String> LONG =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("serial", "integer"),
          Map.entry("bigserial", "bigint"),
          Map.entry("varchar", "character varying"),
          Map.entry("char", "character"),
          Map.entry("bool", "boolean"),
          Map.entry("float", "double precision"),
          Map.entry("float8", "double precision"),
          Map.entry("float4", "real"));

  private TypeNames() {}

  /** Whether the type is the demanded one, or its name begins with what is demanded. */
  static boolean isMeant(String demanded, String actual) {
    String wanted = demanded.toLowerCase(Locale.ROOT);
    String is = actual.toLowerCase(Locale.ROOT);
    return is.equals(LONG.getOrDefault(wanted, wanted)) || is.startsWith(wanted);
  }
}
