package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text that a file holds in other characters: with escapes, entities or indentation.
 *
 * @param value the text
 * @param pieces what of the file it is made of; empty where that is not known
 */
record PlacedText(String value, List<Piece> pieces) {

  private static final int LONGEST_NAME = 200;

  PlacedText {
    pieces = List.copyOf(pieces);
  }

  /**
   * A place of the file that stands for some characters.
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
  }

  /**
   * A file in which only such texts are left, each character at its place, or as near before the
   * next blank as what it is written with allows.
   *
   * @param text as long as the file, and with the same lines
   * @param part where the text is
   * @param moved the places in which something stands beside where the file has it
   */
  record InFile(SourceText text, Span part, List<Span> moved) {
    InFile {
      moved = List.copyOf(moved);
    }
  }

  /** Returns a file with nothing but this text, if the text's places are known. */
  Optional<InFile> in(SourceText file) {
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder said = new StringBuilder();
    pieces.forEach(piece -> said.append(piece.meaning()));
    if (!unspaced(said.toString()).equals(unspaced(value))) {
      return Optional.empty();
    }
    int from = pieces.getFirst().start();
    int to = pieces.getLast().end();
    int[] placed = file.blanked(List.of(new Span(0, file.length()))).text().codePoints().toArray();
    List<Span> moved = new ArrayList<>();
    List<Piece> word = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.isBlank()) {
        if (!piece.meaning().isEmpty()) {
          if (!place(word, placed, moved)) {
            return Optional.empty();
          }
          word.clear();
          if (!piece.isVerbatim()) {
            moved.add(new Span(piece.start(), piece.end()));
            // The end of a comment, but not of a line of the file.
            placed[piece.start()] = piece.meaning().contains("\n") ? '\r' : ' ';
          }
        }
      } else {
        word.add(piece);
      }
    }
    if (!place(word, placed, moved)) {
      return Optional.empty();
    }
    return Optional.of(
        new InFile(SourceText.of(new String(placed, 0, placed.length)), new Span(from, to), moved));
  }

  /**
   * Puts characters between which there is no blank as far to the end of their place as fits;
   * returns false where they are more than the place has.
   */
  private static boolean place(List<Piece> word, int[] placed, List<Span> moved) {
    if (word.isEmpty()) {
      return true;
    }
    int start = word.getFirst().start();
    int at = word.getLast().end();
    boolean verbatim = true;
    for (Piece piece : word.reversed()) {
      int[] meaning = piece.meaning().codePoints().toArray();
      verbatim &= piece.isVerbatim() && at == piece.end();
      for (int i = meaning.length - 1; i >= 0; i--) {
        at--;
        while (at >= start && placed[at] == '\n') {
          at--;
        }
        if (at < start) {
          return false;
        }
        placed[at] = meaning[i];
      }
    }
    if (!verbatim) {
      moved.add(new Span(start, word.getLast().end()));
    }
    return true;
  }

  /**
   * Returns the same with the values of parameters for {@code ${name}}; what has no value stays, as
   * it does in Liquibase.
   */
  PlacedText substituted(Map<String, String> values) {
    if (values.isEmpty() || !value.contains("${")) {
      return this;
    }
    List<Piece> all = new ArrayList<>();
    int i = 0;
    while (i < pieces.size()) {
      Optional<String> name = parameter(i);
      Optional<String> known = name.flatMap(each -> Optional.ofNullable(values.get(each)));
      if (name.isPresent() && known.isPresent()) {
        int last = i + name.get().codePointCount(0, name.get().length()) + 2;
        all.add(new Piece(pieces.get(i).start(), pieces.get(last).end(), known.get()));
        i = last + 1;
      } else {
        all.add(pieces.get(i));
        i++;
      }
    }
    String replaced = value;
    for (Map.Entry<String, String> each : values.entrySet()) {
      replaced = replaced.replace("${" + each.getKey() + "}", each.getValue());
    }
    return new PlacedText(replaced, all);
  }

  /** Returns the name of the parameter that begins with a piece, each of its characters a piece. */
  private Optional<String> parameter(int first) {
    if (!pieces.get(first).meaning().equals("$")
        || first + 1 >= pieces.size()
        || !pieces.get(first + 1).meaning().equals("{")) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder();
    for (int i = first + 2; i < Math.min(pieces.size(), first + LONGEST_NAME); i++) {
      String meaning = pieces.get(i).meaning();
      if (meaning.equals("}")) {
        return Optional.of(name.toString());
      }
      if (meaning.codePointCount(0, meaning.length()) != 1 || meaning.isBlank()) {
        return Optional.empty();
      }
      name.append(meaning);
    }
    return Optional.empty();
  }

  /** Returns all of a file that means what it says, without its byte order mark. */
  static PlacedText all(SourceText file) {
    int from = file.hasByteOrderMark() ? 1 : 0;
    return new PlacedText(file.substring(from, file.length()), verbatim(file, from, file.length()));
  }

  /** Returns the pieces of a part that means what it says. */
  static List<Piece> verbatim(SourceText file, int start, int end) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = start; i < end; i++) {
      pieces.add(new Piece(i, i + 1, Character.toString(file.codePointAt(i))));
    }
    return pieces;
  }

  private static String unspaced(String text) {
    return text.replaceAll("\\s+", "");
  }
}
