package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multiquery.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a tar stream does for sources that are on the node already, as a script: all of them into
 * the stage, by {@code cp}, as many at once as go into one directory. A file gets its time last, so
 * that one with its size and its time is whole. Its last line is {@code done} unless it failed; no
 * start-up file of the login shell has begun that line.
 */
final class OnNode {
  private static final long COPIED_BYTES_A_BEAT = 10 << 20;
  private static final long LEAST_BEATS = 60;

  private final List<NodeTree> trees;
  private final String base;
  private final String stage;

  OnNode(List<NodeTree> trees, String base, String stage) {
    this.trees = trees;
    this.base = base;
    this.stage = stage;
  }

  Stream<String> lines() {
    return Stream.of(
            Stream.of(
                """
                copying() {
                echo
                unset CDPATH
                umask 077
                h=$PWD s=%s bad=
                cd %s || exit
                echo $$ 2>/dev/null >"$s/w"
                %s"""
                    .formatted(
                        Script.quoted(stage), Script.quoted(base), FinishScript.beat(beats()))),
            trees.stream().flatMap(OnNode::lines),
            Stream.of(
                """
                kill $beat 2>/dev/null
                [ -z "$bad" ] || exit
                echo done
                }
                copying
                """))
        .flatMap(lines -> lines);
  }

  /** A command whose failure is noted. */
  private static String saying(String command) {
    return command + " || bad=1";
  }

  private static Stream<String> commands(String begin, List<String> words, String end) {
    return Words.groups(words).stream().map(group -> saying(begin + group + end));
  }

  private long beats() {
    return LEAST_BEATS
        + trees.stream()
                .flatMap(tree -> tree.indexes(tree::toSend).mapToObj(tree::entry))
                .mapToLong(SourceEntry::size)
                .sum()
            / COPIED_BYTES_A_BEAT;
  }

  private static Stream<String> lines(NodeTree tree) {
    return Stream.of(references(tree), directories(tree), files(tree), attributes(tree))
        .flatMap(lines -> lines)
        .map(line -> line + "\n");
  }

  /** What stands for times that are set at the end. */
  private static Stream<String> references(NodeTree tree) {
    return tree.indexes(i -> tree.timed(i) || (tree.missing(i) && NodeTree.isLarge(tree.entry(i))))
        .mapToObj(i -> touch(tree, i, Words.inStage(tree.reference(i))));
  }

  private static String touch(NodeTree tree, int index, String path) {
    return saying("touch -r " + origin(tree, index) + " " + path);
  }

  private static String origin(NodeTree tree, int index) {
    String path = tree.origin(index);
    return path.startsWith("/") ? Script.quoted(path) : "\"$h\"" + Script.quoted("/" + path);
  }

  private static String staged(NodeTree tree, int index) {
    return Words.inStage("t/" + tree.path(index));
  }

  /** Those that are new, and those that something comes into. */
  private static Stream<String> directories(NodeTree tree) {
    List<String> words =
        tree.indexes(
                i -> tree.entry(i).isDirectory() && (tree.toSend(i) || !below(tree, i).isEmpty()))
            .mapToObj(i -> staged(tree, i))
            .toList();
    return commands("mkdir -p", words, "");
  }

  private static List<Integer> below(NodeTree tree, int directory) {
    List<Integer> children = new ArrayList<>();
    tree.eachMissingChild(
        directory,
        i -> {
          if (!tree.entry(i).isDirectory() && tree.toSend(i)) {
            children.add(i);
          }
        });
    return children;
  }

  private static Stream<String> files(NodeTree tree) {
    if (!tree.entry(0).isDirectory()) {
      // A source that is named itself is followed.
      return tree.toSend(0)
          ? Stream.of(saying("cp -fp " + origin(tree, 0) + " " + staged(tree, 0)))
          : Stream.empty();
    }
    Map<Integer, List<Integer>> byDirectory = new LinkedHashMap<>();
    tree.indexes(i -> tree.entry(i).isDirectory()).forEach(i -> byDirectory.put(i, below(tree, i)));
    return byDirectory.entrySet().stream()
        .filter(in -> !in.getValue().isEmpty())
        .flatMap(in -> Stream.concat(gone(tree, in.getValue()), copies(tree, in)));
  }

  /** No link of an earlier run is gone through. */
  private static Stream<String> gone(NodeTree tree, List<Integer> children) {
    List<String> links =
        children.stream().filter(i -> !tree.entry(i).isFile()).map(i -> staged(tree, i)).toList();
    return commands("rm -f", links, "");
  }

  private static Stream<String> copies(NodeTree tree, Map.Entry<Integer, List<Integer>> in) {
    List<String> words = in.getValue().stream().map(i -> origin(tree, i)).toList();
    return commands("cp -fpP", words, " " + staged(tree, in.getKey()) + "/");
  }

  /** Of new directories, the deepest first. */
  private static Stream<String> attributes(NodeTree tree) {
    return IntStream.rangeClosed(1, tree.size())
        .map(i -> tree.size() - i)
        .filter(i -> tree.entry(i).isDirectory() && tree.toSend(i))
        .boxed()
        .flatMap(
            i ->
                Stream.of(
                    saying("chmod %o %s".formatted(0700 | tree.entry(i).mode(), staged(tree, i))),
                    touch(tree, i, staged(tree, i))));
  }
}
