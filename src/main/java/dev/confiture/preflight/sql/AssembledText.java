package dev.confiture.preflight.sql;

import dev.confiture.preflight.sql.SourceText.File;
import dev.confiture.preflight.sql.SourceText.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a text together from parts of files, and from words that stand in the place of others; each
 * offset is led back to the place that it comes from.
 */
public final class AssembledText {

  private final StringBuilder text = new StringBuilder();
  private final List<Part> parts = new ArrayList<>();
  private int length;

  /**
   * A part of the text.
   *
   * @param start its offset in the text
   * @param from the offset in the file of what it is, or of what it stands for
   * @param same true if it is the file's very text
   */
  private record Part(int start, SourceText source, Optional<File> file, int from, boolean same) {}

  /** Returns the length so far, in code points. */
  public int length() {
    return length;
  }

  /** Adds a part of a file as it is; {@code file} is empty for the text's own. */
  public void add(SourceText source, Optional<File> file, int from, int to) {
    add(source.substring(from, to), source, file, from, true);
  }

  /** Adds words that stand for what begins at an offset of a file. */
  public void add(String words, SourceText source, Optional<File> file, int from) {
    add(words, source, file, from, false);
  }

  /**
   * Adds a part of the text's own file, with other words for what is found in it.
   *
   * @param words returns those for one place
   */
  public void add(
      SourceText source, int from, int to, Pattern replaced, Function<MatchResult, String> words) {
    String part = source.substring(from, to);
    Matcher found = replaced.matcher(part);
    int offset = from;
    int behind = 0;
    while (found.find()) {
      int place = offset + part.codePointCount(behind, found.start());
      add(source, Optional.empty(), offset, place);
      add(words.apply(found.toMatchResult()), source, Optional.empty(), place);
      offset = place + part.codePointCount(found.start(), found.end());
      behind = found.end();
    }
    add(source, Optional.empty(), offset, to);
  }

  /** Adds blanks, as long as a part of a file and in its place. */
  public void blank(SourceText source, Optional<File> file, int from, int to) {
    add(" ".repeat(to - from), source, file, from, true);
  }

  private void add(String words, SourceText source, Optional<File> file, int from, boolean same) {
    if (!words.isEmpty()) {
      if (!same || !continues(source, from)) {
        parts.add(new Part(length, source, file, from, same));
      }
      text.append(words);
      length += words.codePointCount(0, words.length());
    }
  }

  private boolean continues(SourceText source, int from) {
    if (parts.isEmpty()) {
      return false;
    }
    Part last = parts.getLast();
    return last.same() && last.source() == source && last.from() + length - last.start() == from;
  }

  /** Returns the text. */
  public SourceText text() {
    return parts.isEmpty()
        ? SourceText.of("")
        : SourceText.derived(text.toString(), new Places(parts));
  }

  /** The places that the parts come from. */
  private static final class Places implements Origin {

    private final List<Part> parts;

    Places(List<Part> parts) {
      this.parts = List.copyOf(parts);
    }

    @Override
    public Position position(int offset) {
      Part part = part(offset);
      return part.source()
          .position(part.same() ? part.from() + offset - part.start() : part.from());
    }

    /** Returns true: what stands for a name is at the very place of that name. */
    @Override
    public boolean isExact(int offset) {
      return true;
    }

    @Override
    public Optional<File> file(int offset) {
      return part(offset).file();
    }

    private Part part(int offset) {
      int low = 0;
      int high = parts.size() - 1;
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (parts.get(middle).start() <= offset) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return parts.get(low);
    }
  }
}
