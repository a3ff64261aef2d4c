package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every sentence of the engine's that names an option, as the command line has it and as the Action
 * has it: a reader can only do what is named where he is. Both are printed into target/advice.txt.
 */
final class AdviceTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/confiture/preflight");

  /** Settings of the server that are called as inputs are. */
  private static final Set<String> SETTINGS = Set.of("statement_timeout", "lock_timeout");

  private static final Pattern OPTION = anyOf(optionNames());
  private static final Pattern INPUT = anyOf(inputNames());

  /** Words of a workflow. */
  private static final Pattern ACTION = Pattern.compile("\\bAction\\b|\\bworkflow\\b|\\bv1-pg");

  /** Words of a shell, and of a machine whose software its owner chooses. */
  private static final Pattern SHELL =
      Pattern.compile("\\bcommand line\\b|\\bPGPASSWORD\\b|postgresql-client");

  @Test
  void namesOnlyWhatIsThereWhereItIsRead() throws IOException {
    StringBuilder printed = new StringBuilder();
    List<String> wrong = new ArrayList<>();
    // What is recorded is so by exec, which the Action does not have.
    for (String sentence : sentences("action", "cli", "recording")) {
      String inAction = Inputs.named(sentence);
      if (!sentence.equals(inAction) || isAdvice(sentence)) {
        printed.append("command line: ").append(sentence).append('\n');
        printed.append("Action:       ").append(inAction).append("\n\n");
      }
      wrong.addAll(found("in the Action, an option", OPTION, inAction));
      wrong.addAll(found("in the Action, a shell's", SHELL, inAction));
      wrong.addAll(found("on the command line, an input", INPUT, sentence));
      wrong.addAll(found("on the command line, the Action", ACTION, sentence));
      wrong.addAll(twice(OPTION, sentence));
      wrong.addAll(twice(INPUT, inAction));
    }
    for (String sentence : sentences("action")) {
      wrong.addAll(found("on the command line, an input", INPUT, sentence));
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/advice.txt"), printed);
    assertTrue(printed.toString().lines().count() > 60, printed.toString());
    assertEquals(List.of(), wrong);
  }

  @Test
  void noWordsAreKeptForAdviceThatIsGone() throws IOException {
    String all = String.join("\n", sentences("action", "cli"));
    for (String phrase : Inputs.phrases()) {
      assertTrue(all.contains(phrase), phrase);
    }
  }

  /** How a sentence is put together out of Java's literals. */
  @Test
  void literalsBecomeSentences() {
    assertEquals(
        List.of("name … with --since", " or not", "b", "check \"it\""),
        sentences(
            "f(\"name \" + version(1, 'x') + \" with\"\n    + \" --since\", x ? \" or not\" : \"b\");"
                + " // \"no\"\n/* \"no\" */ \"check \\\"it\\\"\""));
  }

  private static boolean isAdvice(String sentence) {
    return OPTION.matcher(sentence).find() && sentence.contains(" ");
  }

  private static List<String> found(String what, Pattern pattern, String sentence) {
    return sentence.contains(" ") && pattern.matcher(sentence).find()
        ? List.of(what + ": " + sentence)
        : List.of();
  }

  private static List<String> twice(Pattern pattern, String sentence) {
    List<String> names = pattern.matcher(sentence).results().map(each -> each.group()).toList();
    return names.size() > Set.copyOf(names).size() ? List.of("twice: " + sentence) : List.of();
  }

  private static Pattern anyOf(Set<String> names) {
    return Pattern.compile(
        String.join(
            "|",
            names.stream()
                .map(name -> "(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])")
                .toList()));
  }

  private static Set<String> optionNames() {
    Set<String> names = new TreeSet<>();
    for (Option.Group group : Option.GROUPS) {
      group.options().forEach(option -> names.addAll(option.names()));
    }
    names.removeIf(name -> !name.startsWith("--"));
    return names;
  }

  private static Set<String> inputNames() {
    Set<String> names = new TreeSet<>();
    Inputs.all().forEach(option -> names.add(option.input()));
    names.removeIf(name -> !name.contains("_") || SETTINGS.contains(name));
    return names;
  }

  /** The sentences of all packages but these. */
  private static List<String> sentences(String... without) throws IOException {
    List<String> sentences = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> Stream.of(without).noneMatch(SOURCES.relativize(path)::startsWith))
              .filter(path -> !path.endsWith("Option.java"))
              .sorted()
              .toList()) {
        sentences.addAll(sentences(Files.readString(file)));
      }
    }
    return sentences;
  }

  /** The literals of a source, those that are added to each other as one; … for what is not one. */
  private static List<String> sentences(String source) {
    String code = withoutComments(source);
    List<String> sentences = new ArrayList<>();
    boolean[] taken = new boolean[code.length()];
    for (int i = 0; i < code.length(); i++) {
      if (code.charAt(i) == '\'') {
        i = end(code, i);
      } else if (code.charAt(i) == '"') {
        int last = end(code, i);
        if (!taken[i]) {
          sentences.add(sentence(code, i, taken));
        }
        i = last;
      }
    }
    return sentences;
  }

  /** Leaves out comments, but not what looks like one within a literal. */
  private static String withoutComments(String source) {
    StringBuilder code = new StringBuilder();
    int i = 0;
    while (i < source.length()) {
      int next = i + 1;
      if (source.charAt(i) == '"' || source.charAt(i) == '\'') {
        next = end(source, i) + 1;
        code.append(source, i, next);
      } else if (source.startsWith("/*", i)) {
        next = source.indexOf("*/", i) + 2;
        code.append(' ');
      } else if (source.startsWith("//", i)) {
        next = source.indexOf('\n', i);
      } else {
        code.append(source.charAt(i));
      }
      i = next;
    }
    return code.toString();
  }

  private static String sentence(String code, int start, boolean[] taken) {
    int end = end(code, start);
    StringBuilder text = new StringBuilder(unescaped(code.substring(start + 1, end)));
    int depth = 0;
    StringBuilder between = new StringBuilder();
    for (int i = end + 1; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '"' && depth == 0) {
        if (!between.toString().strip().startsWith("+")) {
          return text.toString();
        }
        taken[i] = true;
        text.append(between.toString().strip().equals("+") ? "" : "…");
        end = end(code, i);
        text.append(unescaped(code.substring(i + 1, end)));
        between.setLength(0);
        i = end;
      } else if (c == '"' || c == '\'') {
        i = end(code, i);
      } else if (depth == 0 && ",;?:)}".indexOf(c) >= 0) {
        return text.toString();
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        between.append(c);
      }
    }
    return text.toString();
  }

  /** The end of a literal: of one character, a string or a text block. */
  private static int end(String code, int start) {
    if (code.startsWith("\"\"\"", start)) {
      return code.indexOf("\"\"\"", start + 3) + 2;
    }
    int i = start + 1;
    while (code.charAt(i) != code.charAt(start)) {
      i += code.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private static String unescaped(String literal) {
    return literal.replace("\\\"", "\"").replace("\\n", "\n");
  }
}
