package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.postgres.ConnectionString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what the runner must hide: it knows a secret as a whole, not the password within a URL.
 *
 * <p>The source's password is hidden always, in every form in which a program may print it; the
 * sandbox's only where it is long and no word of its own: {@code postgres} hidden everywhere would
 * spoil the log.
 */
final class Masks {

  private static final int SHORTEST = 8;

  /** The password of a URL as it is written there: the last @ before the path ends it. */
  private static final Pattern WRITTEN = Pattern.compile("://[^:/?#]*:([^/?#]*)@");

  private static final Pattern PARAMETER = Pattern.compile("[?&]password=([^&#\\s]*)");

  private final Set<String> masks = new LinkedHashSet<>();

  private Masks() {}

  static List<String> of(Inputs inputs) {
    Masks masks = new Masks();
    inputs.text(Option.SOURCE_PASSWORD).ifPresent(masks::add);
    inputs.text(Option.SOURCE).ifPresent(masks::addAllOf);
    inputs.text(Option.AGAINST).ifPresent(masks::addLongOf);
    return List.copyOf(masks.masks);
  }

  private void addAllOf(String url) {
    parsed(url).forEach(this::add);
    written(url).forEach(this::mask);
  }

  private void addLongOf(String url) {
    Optional<ConnectionString> parsed = ConnectionString.find(url);
    List<String> words = new ArrayList<>();
    parsed.ifPresent(
        sandbox -> {
          sandbox.user().ifPresent(words::add);
          sandbox.hosts().forEach(host -> words.add(host.host()));
          words.add(sandbox.database());
        });
    parsed(url).stream().filter(p -> isOwn(p, words)).forEach(this::add);
    written(url).stream().filter(p -> isOwn(p, words)).forEach(this::mask);
  }

  private static boolean isOwn(String password, List<String> words) {
    return password.length() >= SHORTEST && !words.contains(password);
  }

  private static List<String> parsed(String url) {
    return ConnectionString.find(url).map(ConnectionString::secrets).orElse(List.of());
  }

  /** Finds passwords as they stand in a URL, also in one that cannot be read. */
  private static List<String> written(String url) {
    List<String> found = new ArrayList<>();
    for (Pattern pattern : List.of(WRITTEN, PARAMETER)) {
      pattern.matcher(url).results().forEach(result -> found.add(result.group(1)));
    }
    return found;
  }

  /** Adds a password in every form in which a program may print it. */
  private void add(String password) {
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
    for (String form :
        List.of(
            password,
            encoded,
            encoded.replace("+", "%20"),
            // In a conninfo string and in a password file.
            password.replace("\\", "\\\\").replace("'", "\\'"),
            password.replace("\\", "\\\\").replace(":", "\\:"))) {
      mask(form);
    }
  }

  /** Adds a text; the runner looks at lines, so each of several is hidden by itself. */
  private void mask(String form) {
    if (!form.isBlank()) {
      masks.add(form);
      form.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(masks::add);
    }
  }
}
