package io.codeploy.multiquery.prompt;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser;

/** Words for completion: what stands between blanks. Quotes are the nodes' business. */
final class TerminalParser implements Parser {
  @Override
  public CompletingParsedLine parse(String line, int cursor, ParseContext context) {
    // Accepting a line, JLine gives a place past its end.
    int at = Math.min(cursor, line.length());
    int from = at;
    while (from > 0 && !Character.isWhitespace(line.charAt(from - 1))) {
      from--;
    }
    return new Words(line, at, from);
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  /**
   * A line of which the text up to the cursor is looked at.
   *
   * @param from where the word at the cursor begins
   */
  private record Words(String line, int cursor, int from) implements CompletingParsedLine {
    @Override
    public String word() {
      return line.substring(from, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - from;
    }

    @Override
    public int wordIndex() {
      return words().size() - 1;
    }

    @Override
    public List<String> words() {
      return List.of(line.substring(0, cursor).split("\\s+", -1));
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return cursor - from;
    }
  }
}
