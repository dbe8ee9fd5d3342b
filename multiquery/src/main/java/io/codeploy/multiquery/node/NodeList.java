package io.codeploy.multiquery.node;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads node lists: one node a line as {@code [user@]host[:port]}, an IPv6 address with a port in
 * brackets, followed by labels as {@code key=value}. {@code #} starts a comment anywhere, blanks
 * around are trimmed, empty lines skipped, duplicates kept. The name of a node is its first word,
 * exactly as listed, without user and port.
 */
public final class NodeList {
  private NodeList() {}

  /**
   * The nodes of {@code file}, at least one.
   *
   * @throws NodeListException if it cannot be read, holds a line that is no node, or no node at all
   */
  public static List<Node> read(Path file) throws NodeListException {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NodeListException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new NodeListException("node list " + file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new NodeListException("node list " + file + " cannot be read: permission denied", e);
    } catch (CharacterCodingException e) {
      throw new NodeListException("node list " + file + " is not a text in UTF-8", e);
    } catch (IOException e) {
      throw new NodeListException("node list " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The nodes of {@code text}, at least one.
   *
   * @param source what to call the text in messages
   */
  public static List<Node> parse(String source, String text) throws NodeListException {
    List<Node> nodes = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      int comment = line.indexOf('#');
      String content = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!content.isEmpty()) {
        try {
          nodes.add(NodeLine.parse(content));
        } catch (IllegalArgumentException e) {
          throw new NodeListException(source + ", line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    if (nodes.isEmpty()) {
      throw new NodeListException("node list " + source + " names no node; put one host a line");
    }
    return nodes;
  }
}
