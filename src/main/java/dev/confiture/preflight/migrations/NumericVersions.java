package dev.confiture.preflight.migrations;

import java.math.BigInteger;
import java.util.Comparator;

/** Versions made of numbers with dots between them: {@code 9} before {@code 10}, others after. */
public final class NumericVersions {

  public static final Comparator<String> ORDER = NumericVersions::compare;

  private NumericVersions() {}

  public static boolean isVersion(String text) {
    for (String part : text.split("\\.", -1)) {
      if (part.isEmpty() || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }

  private static int compare(String left, String right) {
    boolean leftIs = isVersion(left);
    boolean rightIs = isVersion(right);
    if (!leftIs || !rightIs) {
      return leftIs == rightIs ? left.compareTo(right) : leftIs ? -1 : 1;
    }
    String[] lefts = left.split("\\.", -1);
    String[] rights = right.split("\\.", -1);
    for (int i = 0; i < Math.max(lefts.length, rights.length); i++) {
      int order = part(lefts, i).compareTo(part(rights, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static BigInteger part(String[] parts, int i) {
    return i < parts.length ? new BigInteger(parts[i]) : BigInteger.ZERO;
  }
}
