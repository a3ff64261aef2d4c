package dev.confiture.preflight.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a question of the engine's own may take while migrations run: what they leave behind, a
 * lock of a prepared transaction or a row security policy, must not keep it for ever.
 */
final class QuestionLimits {

  private QuestionLimits() {}

  /** These settings with the limits. */
  static Map<String, String> with(Map<String, String> settings) {
    Map<String, String> limited = new LinkedHashMap<>(settings);
    limited.put("statement_timeout", "10s");
    limited.put("lock_timeout", "2s");
    return limited;
  }
}
