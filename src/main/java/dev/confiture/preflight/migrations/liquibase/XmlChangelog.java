package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a changelog in XML. Files of a pull request are untrusted: a document type, by which XML
 * names other files and makes much of little, is refused.
 */
final class XmlChangelog extends DefaultHandler {

  private static final String ROOT = "databaseChangeLog";
  private static final int DEEPEST = 50;

  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

  private final SourceText text;
  private final Deque<Open> open = new ArrayDeque<>();
  private Optional<Locator> locator = Optional.empty();
  private Optional<ChangelogNode> root = Optional.empty();
  private int lastLine;
  private int lastUnits;
  private int lastOffset;

  private XmlChangelog(SourceText text) {
    this.text = text;
  }

  /** An element whose end is not read yet. */
  private static final class Open {

    private final String name;
    private final Map<String, String> values;
    private final int start;
    private final List<ChangelogNode> children = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();

    Open(String name, Map<String, String> values, int start) {
      this.name = name;
      this.values = values;
      this.start = start;
    }
  }

  static ChangelogFile read(SourceText text) {
    XmlChangelog reader = new XmlChangelog(text);
    try {
      SAXParserFactory factory = SAXParserFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.setXIncludeAware(false);
      int from = text.hasByteOrderMark() ? 1 : 0;
      factory
          .newSAXParser()
          .parse(new InputSource(new StringReader(text.substring(from, text.length()))), reader);
      return reader
          .root
          .<ChangelogFile>map(ChangelogFile.Tree::new)
          .orElseGet(ChangelogFile.Another::new);
    } catch (SAXParseException broken) {
      return new ChangelogFile.Broken(
          text.position(reader.offset(broken.getLineNumber(), broken.getColumnNumber())),
          String.valueOf(broken.getMessage()));
    } catch (SAXException | IOException broken) {
      return new ChangelogFile.Broken(new Position(1, 1), String.valueOf(broken.getMessage()));
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException("the JDK's XML parser has these features", impossible);
    }
  }

  @Override
  public void setDocumentLocator(Locator given) {
    locator = Optional.of(given);
  }

  /** Nothing is fetched, whatever a document says. */
  @Override
  public InputSource resolveEntity(String publicId, String systemId) {
    return new InputSource(new StringReader(""));
  }

  /** Returns the offset behind what was read last. */
  private int offset() {
    return locator.map(at -> offset(at.getLineNumber(), at.getColumnNumber())).orElse(0);
  }

  /** Returns the offset of a place that the parser tells, whose columns are UTF-16 units. */
  private int offset(int line, int column) {
    int counted = Math.clamp(line, 1, text.lineCount());
    int units = Math.max(0, column - 1);
    // A line may hold all of a file: what is counted once is not counted again.
    if (counted != lastLine || units < lastUnits) {
      lastLine = counted;
      lastUnits = 0;
      lastOffset = text.lineStart(counted);
    }
    while (lastUnits < units && lastOffset < text.length()) {
      lastUnits += Character.charCount(text.codePointAt(lastOffset));
      lastOffset++;
    }
    return lastOffset;
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    if (open.size() > DEEPEST) {
      throw new SAXException("it is nested deeper than " + DEEPEST + " levels");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < attributes.getLength(); i++) {
      values.put(attributes.getLocalName(i), attributes.getValue(i));
    }
    open.push(new Open(name, values, offset()));
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (!open.isEmpty()) {
      open.getFirst().said.append(characters, start, length);
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    Open ended = open.pop();
    int end = offset();
    String raw = text.substring(ended.start, Math.max(ended.start, end));
    int tag = raw.lastIndexOf("</");
    Optional<PlacedText> said =
        ended.said.toString().isBlank()
            ? Optional.empty()
            : Optional.of(
                new PlacedText(
                    ended.said.toString(),
                    tag < 0
                        ? List.of()
                        : pieces(ended.start, ended.start + raw.codePointCount(0, tag))));
    ChangelogNode node =
        new ChangelogNode(ended.name, ended.values, ended.children, said, ended.start);
    if (open.isEmpty()) {
      root = Optional.of(node).filter(each -> each.name().equals(ROOT));
    } else {
      open.getFirst().children.add(node);
    }
  }

  private List<PlacedText.Piece> pieces(int start, int end) {
    PlacedText.Pieces pieces = new PlacedText.Pieces(text);
    boolean cdata = false;
    int i = start;
    while (i < end) {
      int c = text.codePointAt(i);
      int behind;
      String meaning = "";
      if (cdata && begins("]]>", i, end)) {
        cdata = false;
        behind = i + 3;
      } else if (!cdata && begins("<![CDATA[", i, end)) {
        cdata = true;
        behind = i + 9;
      } else if (!cdata && begins("<!--", i, end)) {
        behind = Math.min(end, behind("-->", i, end));
      } else if (!cdata && c == '&') {
        behind = Math.min(end, behind(";", i, end));
        meaning = entity(text.substring(i + 1, Math.max(i + 1, behind - 1)));
      } else {
        pieces.add(i, i + 1);
        i++;
        continue;
      }
      pieces.add(i, behind, meaning);
      i = behind;
    }
    return pieces.list();
  }

  private boolean begins(String mark, int at, int end) {
    return text.codePointAt(at) == mark.charAt(0)
        && at + mark.length() <= end
        && text.substring(at, at + mark.length()).equals(mark);
  }

  private int behind(String mark, int from, int end) {
    for (int i = from; i < end; i++) {
      if (begins(mark, i, end)) {
        return i + mark.length();
      }
    }
    return end;
  }

  private static String entity(String name) {
    try {
      return name.startsWith("#x")
          ? Character.toString(Integer.parseInt(name.substring(2), 16))
          : name.startsWith("#")
              ? Character.toString(Integer.parseInt(name.substring(1)))
              : ENTITIES.getOrDefault(name, "");
    } catch (IllegalArgumentException none) {
      return "";
    }
  }
}
