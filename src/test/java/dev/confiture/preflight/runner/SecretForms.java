package dev.confiture.preflight.runner;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/** The forms in which the runner hides a secret (actions/runner, HostContext.cs). */
final class SecretForms {

  private static final int BASE64_BYTES = 3;

  private SecretForms() {}

  /** The longest first. */
  static List<String> of(String secret) {
    List<String> forms = new ArrayList<>();
    forms.add(secret);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int shift = 0; shift < BASE64_BYTES && shift < bytes.length; shift++) {
      // Within a longer text it may begin at any of three places: what does not depend on the rest.
      int length = (bytes.length - shift) / BASE64_BYTES * BASE64_BYTES;
      forms.add(
          Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, shift, shift + length)));
    }
    String uri = URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
    forms.add(uri);
    String quoted = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    forms.add(quoted);
    forms.add(
        secret
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&apos;"));
    forms.add(secret.replace("'", "''"));
    return forms.stream()
        .filter(form -> !form.isEmpty())
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }
}
