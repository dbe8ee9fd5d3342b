package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.progress.Tail;
import io.codeploy.multicopy.source.LinesInput;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.shell.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares contents by digests that the node makes of all files in question, in one go, while those
 * of the sources are made here.
 */
final class NodeDigests {
  private static final long DIGESTED_BYTES_A_BEAT = 50 << 20;

  private final List<NodeTree> trees;
  private final Sources sources;

  /** The node's answers, by what each file is called there. */
  private final Map<String, String> digests = new HashMap<>();

  NodeDigests(List<NodeTree> trees, Sources sources) {
    this.trees = trees;
    this.sources = sources;
  }

  /** Asks, and tells the trees which of their files are others. */
  void decide(Connection connection, String base, Progress progress)
      throws IOException, InterruptedException {
    if (open().findAny().isEmpty()) {
      return;
    }
    open().forEach(sources::prepare);
    Tail errors = new Tail(progress);
    connection.execute(
        "exec sh",
        new LinesInput(script(base).iterator()),
        new DigestLines(digests::put),
        errors,
        Duration.ZERO);
    try (Progress.OwnWork reading = progress.ownWork()) {
      for (NodeTree tree : trees) {
        decide(tree);
      }
    }
  }

  private void decide(NodeTree tree) throws IOException, InterruptedException {
    for (int i = 0; i < tree.size(); i++) {
      if (tree.there().isOpen(i)
          && !digests.getOrDefault(key(tree, i), "").equals(sources.digest(tree.entry(i)))) {
        tree.there().unlike(i);
      }
    }
  }

  private Stream<SourceEntry> open() {
    return trees.stream().flatMap(tree -> tree.indexes(tree.there()::isOpen).mapToObj(tree::entry));
  }

  private Stream<String> script(String base) {
    long beats = 6 + open().mapToLong(SourceEntry::size).sum() / DIGESTED_BYTES_A_BEAT;
    List<String> plain = new ArrayList<>();
    List<String> odd = new ArrayList<>();
    for (NodeTree tree : trees) {
      tree.indexes(tree.there()::isOpen)
          .forEach(
              i -> {
                if (Words.isOdd(tree.path(i))) {
                  odd.add(odd(tree, i));
                } else {
                  plain.add(Script.quoted(key(tree, i)));
                }
              });
    }
    return Stream.of(
            Stream.of(head(base, beats)),
            Words.groups(plain).stream().map(words -> "sha256sum" + words + " 2>/dev/null\n"),
            odd.stream(),
            Stream.of("kill $beat 2>/dev/null\n}\ndigests\n"))
        .flatMap(lines -> lines);
  }

  /** What the answer is to call this file: no name that may be taken for something else. */
  private static String key(NodeTree tree, int index) {
    String path = tree.path(index);
    return Words.isOdd(path) ? tree.reference(index) : "./" + path;
  }

  private static String odd(NodeTree tree, int index) {
    return "o=$(sha256sum <%s 2>/dev/null) && echo \"${o%%%% *}  %s\"\n"
        .formatted(Words.inBase(tree.path(index)), tree.reference(index));
  }

  /**
   * Ends a line that a start-up file of the login shell has begun. Signs of life go to stderr, lest
   * they get into the middle of an answer.
   */
  private static String head(String base, long beats) {
    return """
    digests() {
    echo
    unset CDPATH
    LC_ALL=C
    export LC_ALL
    cd %s || exit
    (n=%d; while [ $n -gt 0 ] && sleep 5 >/dev/null 2>&1; do n=$((n - 1)); echo >&2; done) &
    beat=$!
    """
        .formatted(Script.quoted(base), beats);
  }
}
