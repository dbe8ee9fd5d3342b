package io.codeploy.multiquery.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one node list and what it includes; made for each anew. */
final class NodeListReader {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_FILES = 1_000;
  private static final Pattern INCLUDE = Pattern.compile("#include\\s+(\\S.*)");
  // A comma within brackets belongs to a range.
  private static final Pattern GAP = Pattern.compile("(?:\\s|,(?![^\\[\\]]*]))+");

  /** Whether a line is one node, or each word without {@code =} is. */
  enum Layout {
    LINES,
    WORDS
  }

  private final Layout layout;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<Path> open = new HashSet<>();
  private int files;

  NodeListReader(Layout layout) {
    this.layout = layout;
  }

  /** The nodes of {@code file}, perhaps none. */
  List<Node> file(Path file) throws NodeListException {
    open(file);
    return List.copyOf(nodes);
  }

  /** The nodes of {@code text}, perhaps none. */
  List<Node> text(String source, String text) throws NodeListException {
    lines(source, text, Optional.empty());
    return List.copyOf(nodes);
  }

  private void open(Path file) throws NodeListException {
    Path identity = identity(file);
    if (!open.add(identity)) {
      throw new NodeListException("node list " + file + " includes itself");
    }
    if (open.size() > MAX_DEPTH) {
      throw new NodeListException("#include is nested deeper than " + MAX_DEPTH);
    }
    if (++files > MAX_FILES) {
      throw new NodeListException("a node list of more than " + MAX_FILES + " files");
    }
    lines(file.toString(), ListText.read(file), Optional.of(file));
    open.remove(identity);
  }

  private void lines(String source, String text, Optional<Path> file) throws NodeListException {
    int number = 0;
    for (String line : ListText.lines(text)) {
      number++;
      try {
        line(line, file);
      } catch (NodeListException e) {
        throw e.at(source + ", line " + number);
      }
    }
  }

  private void line(String line, Optional<Path> file) throws NodeListException {
    Matcher include = INCLUDE.matcher(line);
    if (include.matches()) {
      if (file.isEmpty()) {
        throw new NodeListException("only a file can #include another one");
      }
      open(file.get().resolveSibling(include.group(1)));
      return;
    }
    String content = ListText.content(line);
    if (content.isEmpty()) {
      return;
    }
    switch (layout) {
      case LINES -> add(List.of(content.split("\\s+")));
      case WORDS -> addEach(GAP.splitAsStream(content).filter(word -> !word.isEmpty()).toList());
    }
  }

  private void addEach(List<String> words) throws NodeListException {
    int from = 0;
    for (int i = 1; i <= words.size(); i++) {
      if (i == words.size() || words.get(i).indexOf('=') < 0) {
        add(words.subList(from, i));
        from = i;
      }
    }
  }

  private void add(List<String> words) throws NodeListException {
    nodes.addAll(NodeLine.parse(words, NodeList.MAX_NODES - nodes.size()));
    if (nodes.size() > NodeList.MAX_NODES) {
      throw new NodeListException("a list of more than " + NodeList.MAX_NODES + " nodes");
    }
  }

  /** The same for all names of a file; a pipe has no other than its own. */
  private static Path identity(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
