package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A text that a file holds in other characters: with escapes, entities or indentation.
 *
 * @param value the text
 * @param pieces what of the file it is made of; empty where that is not known
 */
record PlacedText(String value, List<Piece> pieces) {

  private static final int LONGEST_NAME = 200;
  private static final String PARAMETER = "${";

  PlacedText {
    pieces = List.copyOf(pieces);
  }

  /**
   * A place of the file that stands for some characters: as many as it has where it means what it
   * says.
   *
   * @param start its first offset
   * @param end the offset behind it
   * @param meaning the characters
   */
  record Piece(int start, int end, String meaning) {

    private boolean isBlank() {
      return meaning.isBlank();
    }

    private boolean isVerbatim() {
      return meaning.codePointCount(0, meaning.length()) == end - start;
    }

    /** Takes it apart where it means what it says: into what is blank and what is not. */
    private void words(Consumer<Piece> to) {
      if (!isVerbatim()) {
        to.accept(this);
        return;
      }
      int from = 0;
      int offset = start;
      while (from < meaning.length()) {
        boolean blank = Character.isWhitespace(meaning.codePointAt(from));
        int i = from;
        int behind = offset;
        while (i < meaning.length() && Character.isWhitespace(meaning.codePointAt(i)) == blank) {
          i += Character.charCount(meaning.codePointAt(i));
          behind++;
        }
        to.accept(new Piece(offset, behind, meaning.substring(from, i)));
        from = i;
        offset = behind;
      }
    }

    /** Takes it apart where it names parameters that have a value, which is put in. */
    private void substituted(Map<String, String> values, Consumer<Piece> to) {
      int from = 0;
      int offset = start;
      for (int at = isVerbatim() ? meaning.indexOf(PARAMETER) : -1;
          at >= 0;
          at = meaning.indexOf(PARAMETER, Math.max(from, at + 1))) {
        Optional<String> name = name(at + PARAMETER.length());
        Optional<String> value = name.flatMap(each -> Optional.ofNullable(values.get(each)));
        if (value.isPresent()) {
          int begins = offset + meaning.codePointCount(from, at);
          int close = at + PARAMETER.length() + name.get().length() + 1;
          if (begins > offset) {
            to.accept(new Piece(offset, begins, meaning.substring(from, at)));
          }
          offset = begins + meaning.codePointCount(at, close);
          from = close;
          to.accept(new Piece(begins, offset, value.get()));
        }
      }
      if (from < meaning.length() || from == 0) {
        to.accept(new Piece(offset, end, meaning.substring(from)));
      }
    }

    private Optional<String> name(int from) {
      for (int i = from; i < Math.min(meaning.length(), from + LONGEST_NAME); i++) {
        if (meaning.charAt(i) == '}') {
          return Optional.of(meaning.substring(from, i));
        }
        if (Character.isWhitespace(meaning.charAt(i))) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    }
  }

  /** Collects the pieces of a text; what means what it says is one piece, however long. */
  static final class Pieces {

    private final SourceText file;
    private final List<Piece> all = new ArrayList<>();
    private int start;
    private int end;

    Pieces(SourceText file) {
      this.file = file;
    }

    /** Adds a part of the file that means what it says. */
    void add(int from, int to) {
      if (from != end) {
        endPiece();
        start = from;
      }
      end = Math.max(from, to);
    }

    /** Adds a part of the file that means something else. */
    void add(int from, int to, String meaning) {
      endPiece();
      all.add(new Piece(from, to, meaning));
      start = to;
      end = to;
    }

    private void endPiece() {
      if (end > start) {
        all.add(new Piece(start, end, file.substring(start, end)));
      }
      start = end;
    }

    /** Returns the pieces. */
    List<Piece> list() {
      endPiece();
      return List.copyOf(all);
    }
  }

  /**
   * A part of a file in which only such a text is left, each character at its place, or as near
   * before the next blank as what it is written with allows.
   *
   * @param text as long as the part, and with the same lines
   * @param from where the part begins in the file
   * @param moved the places of the part in which something stands beside where the file has it
   */
  record InFile(SourceText text, int from, List<Span> moved) {
    InFile {
      moved = List.copyOf(moved);
    }
  }

  /** Returns the part of a file that holds this text, if the text's places are known. */
  Optional<InFile> in(SourceText file) {
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder said = new StringBuilder();
    pieces.forEach(piece -> said.append(piece.meaning()));
    if (CharSequence.compare(unspaced(said), unspaced(value)) != 0) {
      return Optional.empty();
    }
    Placing placing = new Placing(file, pieces.getFirst().start(), pieces.getLast().end());
    pieces.forEach(piece -> piece.words(placing::add));
    return placing.placed();
  }

  /** Puts pieces to their places in a part of a file. */
  private static final class Placing {

    private final int from;
    private final int[] placed;
    private final List<Span> moved = new ArrayList<>();
    private final List<Piece> word = new ArrayList<>();
    private boolean fits = true;

    Placing(SourceText file, int from, int to) {
      this.from = from;
      this.placed = blank(file, from, to);
    }

    private void add(Piece piece) {
      if (!piece.isBlank()) {
        word.add(piece);
      } else if (!piece.meaning().isEmpty()) {
        endWord();
        if (!piece.isVerbatim()) {
          moved.add(new Span(piece.start() - from, piece.end() - from));
          // The end of a comment, but not of a line of the file.
          placed[piece.start() - from] = piece.meaning().contains("\n") ? '\r' : ' ';
        }
      }
    }

    private Optional<InFile> placed() {
      endWord();
      return fits
          ? Optional.of(
              new InFile(SourceText.of(new String(placed, 0, placed.length)), from, moved))
          : Optional.empty();
    }

    /**
     * Puts characters between which there is no blank as far to the end of their place as fits;
     * nothing fits where they are more than the place has.
     */
    private void endWord() {
      if (word.isEmpty()) {
        return;
      }
      int start = word.getFirst().start() - from;
      int at = word.getLast().end() - from;
      boolean verbatim = true;
      for (Piece piece : word.reversed()) {
        int[] meaning = piece.meaning().codePoints().toArray();
        verbatim &= piece.isVerbatim() && at == piece.end() - from;
        for (int i = meaning.length - 1; i >= 0 && fits; i--) {
          at--;
          while (at >= start && placed[at] == '\n') {
            at--;
          }
          if (at < start) {
            fits = false;
          } else {
            placed[at] = meaning[i];
          }
        }
      }
      if (!verbatim) {
        moved.add(new Span(start, word.getLast().end() - from));
      }
      word.clear();
    }
  }

  /**
   * Returns the same with the values of parameters for {@code ${name}}; what has no value stays, as
   * it does in Liquibase.
   */
  PlacedText substituted(Map<String, String> values) {
    if (values.isEmpty() || !value.contains(PARAMETER)) {
      return this;
    }
    List<Piece> all = new ArrayList<>();
    pieces.forEach(piece -> piece.substituted(values, all::add));
    String replaced = value;
    for (Map.Entry<String, String> each : values.entrySet()) {
      replaced = replaced.replace(PARAMETER + each.getKey() + "}", each.getValue());
    }
    return new PlacedText(replaced, all);
  }

  /** Returns all of a file that means what it says, without its byte order mark. */
  static PlacedText all(SourceText file) {
    int from = file.hasByteOrderMark() ? 1 : 0;
    String text = file.substring(from, file.length());
    return new PlacedText(text, List.of(new Piece(from, file.length(), text)));
  }

  /** Returns a part of a file with blanks in place of what is none, and with the same lines. */
  static int[] blank(SourceText file, int from, int to) {
    int[] blank = new int[to - from];
    for (int i = from; i < to; i++) {
      int c = file.codePointAt(i);
      blank[i - from] = c == '\n' || c == '\r' ? c : ' ';
    }
    return blank;
  }

  private static StringBuilder unspaced(CharSequence text) {
    StringBuilder unspaced = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && (c < '\t' || c > '\r')) {
        unspaced.append(c);
      }
    }
    return unspaced;
  }
}
