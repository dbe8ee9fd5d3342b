package io.codeploy.multiquery.node;

import java.util.ArrayList;
import java.util.List;

/**
 * A word with ranges: {@code n[01-32,40/2]} stands for 33 texts, several brackets for every
 * combination, the last bracket fastest. Brackets that hold a colon are those of an IPv6 address.
 * See {@code docs/formats/node-list.md}.
 */
public final class NodePattern {
  private NodePattern() {}

  /**
   * The texts that {@code word} stands for; itself where it has no range.
   *
   * @param most how many there may be; more are refused before any is made
   */
  public static List<String> expand(String word, int most) throws NodeListException {
    if (word.indexOf('[') < 0 && word.indexOf(']') < 0) {
      return List.of(word);
    }
    List<TextRange> parts = parts(word);
    if (TextRange.combinations(parts) > most) {
      throw new NodeListException(
          Quoted.text(word) + " brings the list over " + NodeList.MAX_NODES + " nodes, its limit");
    }
    List<String> texts = List.of("");
    for (TextRange part : parts) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        part.forEach(next -> longer.add(text + next));
      }
      texts = longer;
    }
    return texts;
  }

  private static List<TextRange> parts(String word) throws NodeListException {
    List<TextRange> parts = new ArrayList<>();
    int from = 0;
    for (int open = word.indexOf('['); open >= 0; open = word.indexOf('[', from)) {
      int close = word.indexOf(']', open);
      if (close < 0) {
        throw unbalanced(word);
      }
      parts.add(literal(word, from, open));
      String inside = word.substring(open + 1, close);
      boolean address = inside.indexOf(':') >= 0;
      parts.add(address ? TextRange.only("[" + inside + "]") : new RangeParser(word).parse(inside));
      from = close + 1;
    }
    parts.add(literal(word, from, word.length()));
    return parts;
  }

  private static TextRange literal(String word, int from, int to) throws NodeListException {
    String text = word.substring(from, to);
    if (text.indexOf(']') >= 0) {
      throw unbalanced(word);
    }
    return TextRange.only(text);
  }

  private static NodeListException unbalanced(String word) {
    return new NodeListException(
        Quoted.text(word) + " has a bracket without its other half; write n[1-9]");
  }
}
