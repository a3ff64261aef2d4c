package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.process.PythonProgram;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code boot.py} is told on its standard input: a line a word, its fields in base64. */
final class PythonOrders {

  private static final long MEMORY = 2L << 30;

  private PythonOrders() {}

  static String text(PythonProgram program, String token, Duration limit) {
    StringBuilder orders = new StringBuilder();
    order(orders, "token", token.getBytes(US_ASCII));
    limits(limit)
        .forEach(
            (name, value) ->
                order(
                    orders, "limit", name.getBytes(US_ASCII), value.toString().getBytes(US_ASCII)));
    for (PythonProgram.Module module : program.modules()) {
      order(
          orders,
          "module",
          module.name().getBytes(US_ASCII),
          (module.isPackage() ? "package" : "module").getBytes(US_ASCII),
          module.text().getBytes(UTF_8));
    }
    program.arguments().forEach(argument -> order(orders, "argument", argument));
    order(orders, "run");
    return orders.toString();
  }

  /** In setrlimit's names and units. */
  private static Map<String, Long> limits(Duration limit) {
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("RLIMIT_CORE", 0L);
    limits.put("RLIMIT_FSIZE", 0L);
    limits.put("RLIMIT_NPROC", 0L);
    limits.put("RLIMIT_AS", MEMORY);
    // For a process that nobody is there any more to end.
    limits.put("RLIMIT_CPU", limit.toSeconds() + 5);
    return limits;
  }

  private static void order(StringBuilder orders, String word, byte[]... fields) {
    orders.append(word);
    for (byte[] field : fields) {
      String text = Base64.getEncoder().encodeToString(field);
      orders.append(' ').append(text.isEmpty() ? PythonReports.NOTHING : text);
    }
    orders.append('\n');
  }
}
