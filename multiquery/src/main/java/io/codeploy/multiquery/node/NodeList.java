package io.codeploy.multiquery.node;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads node lists, whose format is {@code docs/formats/node-list.md}: one node a line as {@code
 * [user@]host[:port]}, perhaps with ranges, followed by labels as {@code key=value}; {@code #}
 * starts a comment, {@code #include FILE} takes in another list, duplicates are kept. The name of a
 * node is its first word, exactly as listed.
 */
public final class NodeList {
  /** Most nodes of one list. */
  public static final int MAX_NODES = 100_000;

  private NodeList() {}

  /**
   * The nodes of {@code file} and of what it includes, at least one.
   *
   * @throws NodeListException if it cannot be read, holds a line that is no node, or no node at all
   */
  public static List<Node> read(Path file) throws NodeListException {
    return atLeastOne(file.toString(), readAny(file));
  }

  /** As {@link #read}, but for none being as good as some. */
  public static List<Node> readAny(Path file) throws NodeListException {
    return new NodeListReader(NodeListReader.Layout.LINES).file(file);
  }

  /**
   * The nodes of {@code text}, at least one. It includes no file.
   *
   * @param source what to call the text in messages
   */
  public static List<Node> parse(String source, String text) throws NodeListException {
    return atLeastOne(source, parseAny(source, text));
  }

  /** As {@link #parse}, but for none being as good as some. */
  public static List<Node> parseAny(String source, String text) throws NodeListException {
    return new NodeListReader(NodeListReader.Layout.LINES).text(source, text);
  }

  /**
   * The nodes of what some program printed, at least one: as {@link #parse}, but blanks and commas
   * part nodes as the ends of lines do.
   */
  public static List<Node> parseOutput(String source, String text) throws NodeListException {
    return atLeastOne(source, new NodeListReader(NodeListReader.Layout.WORDS).text(source, text));
  }

  private static List<Node> atLeastOne(String source, List<Node> nodes) throws NodeListException {
    if (nodes.isEmpty()) {
      throw new NodeListException("node list " + source + " names no node; put one host a line");
    }
    return nodes;
  }
}
