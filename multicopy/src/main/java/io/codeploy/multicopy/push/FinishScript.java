package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The script that ends a push on its node: checks what is in the stage, renames it into its place,
 * sets what has to be set, removes the stage. It is one function, so that a part of it that arrives
 * does nothing. Its last line is {@code done} or {@code failed} and why.
 */
final class FinishScript {
  /** A disk has to be this slow to be taken for one that stands still. */
  private static final long DIGESTED_BYTES_A_BEAT = 10 << 20;

  private static final int LEAST_BEATS = 30;

  /** From here on a slow disk may stand; for less a beat is not worth its processes. */
  private static final long MANY_BYTES = 1 << 20;

  private static final int MANY_ENTRIES = 50;

  /** For what nobody knows the length of. */
  private static final int MANY_BEATS = 3600;

  private static final long REMOVED_A_BEAT = 1000;

  private final List<NodeTree> trees;
  private final String stage;
  private final Verification verification;

  /**
   * @param stage from the directory that takes the sources, which the script has to be run in
   * @param verified whether the node can digest
   */
  FinishScript(List<NodeTree> trees, String stage, boolean verified, Sources sources) {
    this.trees = trees;
    this.stage = stage;
    this.verification = new Verification(verified ? trees : List.of(), sources);
  }

  /** The lines, made as they are asked for. */
  Stream<String> lines() {
    return Stream.of(
            head(),
            verification.lines(),
            moves(),
            Removal.lines(trees),
            attributes(),
            Stream.of(TAIL))
        .flatMap(lines -> lines);
  }

  /** Removes a stage with what is in it. */
  static String removal(String base, String stage) {
    return beat(MANY_BEATS)
        + "cd %s && rm -rf %s\nkill $beat 2>/dev/null\n"
            .formatted(Script.quoted(base), Script.quoted(stage));
  }

  private static final String TAIL =
      """
      [ -z "$bad" ] || die "$(head -n 3 "$e")"
      rm -rf "$s"
      [ -z "$beat" ] || kill $beat 2>/dev/null
      echo done
      exit
      }
      finish
      """;

  private Stream<String> head() {
    return Stream.of(
        """
        finish() {
        unset CDPATH
        LC_ALL=C
        export LC_ALL
        s=%s bad= beat=
        e=$s/e
        die() {
          printf "failed %%s\\n" "$1"
          rm -rf "$s"
          [ -z "$beat" ] || kill $beat 2>/dev/null
          exit
        }
        %s"""
            .formatted(Script.quoted(stage), takesLong() ? beat(beats()) : ""));
  }

  /** An empty line a second, in the background, as a sign of life. */
  static String beat(long beats) {
    return """
        (n=%d; while [ $n -gt 0 ] && sleep 1 >/dev/null 2>&1; do n=$((n - 1)); echo; done) &
        beat=$!
        """
        .formatted(beats);
  }

  /** Whether it may take more than a moment, on whatever node. */
  private boolean takesLong() {
    return trees.stream().anyMatch(tree -> tree.isOnNode() || tree.there().extras().count() > 0)
        || trees.stream().mapToInt(NodeTree::size).sum() >= MANY_ENTRIES
        || trees.stream().flatMap(this::files).mapToLong(SourceEntry::size).sum() >= MANY_BYTES;
  }

  /** Signs of life are given for as long as the slowest of disks may take. */
  private long beats() {
    return LEAST_BEATS
        + trees.stream().mapToLong(tree -> tree.there().extras().count()).sum() / REMOVED_A_BEAT
        + trees.stream().flatMap(this::files).mapToLong(SourceEntry::size).sum()
            / DIGESTED_BYTES_A_BEAT;
  }

  private Stream<SourceEntry> files(NodeTree tree) {
    return tree.indexes(tree::isChecked).mapToObj(tree::entry);
  }

  private Stream<String> moves() {
    List<String> roots =
        trees.stream()
            .filter(tree -> tree.missing(0))
            .map(tree -> Words.inStage("t/" + tree.target()))
            .toList();
    return Stream.of(
            trees.stream().flatMap(KeptScript::staged),
            trees.stream().flatMap(FinishScript::larges),
            Words.commands("mv -f", roots, " ./").stream().map(command -> command + "\n"),
            trees.stream().flatMap(FinishScript::moves))
        .flatMap(lines -> lines);
  }

  /** What was not in the tar stream has neither mode nor time yet. */
  private static Stream<String> larges(NodeTree tree) {
    return tree.indexes(i -> tree.missing(i) && tree.isApart(i))
        .mapToObj(
            i -> {
              String file = Words.inStage("t/" + tree.path(i));
              String mode = Integer.toOctalString(tree.entry(i).mode());
              String xattrs =
                  tree.source().xattrs(i).isEmpty()
                      ? ""
                      : Words.noting(
                              "cp --attributes-only --preserve=xattr "
                                  + Words.inStage(tree.reference(i))
                                  + " "
                                  + file)
                          + "\n";
              return xattrs
                  + Words.noting("chmod " + mode + " " + file)
                  + "\n"
                  + Words.noting("touch -r " + Words.inStage(tree.reference(i)) + " " + file)
                  + "\n";
            });
  }

  private static Stream<String> moves(NodeTree tree) {
    return tree.indexes(i -> tree.changes(i) && tree.there().gains(i))
        .mapToObj(i -> moves(tree, i));
  }

  private static String moves(NodeTree tree, int directory) {
    List<String> children = new ArrayList<>();
    tree.eachMissingChild(directory, i -> children.add(Words.inStage("t/" + tree.path(i))));
    String into = Words.inBase(tree.path(directory)) + "/";
    return "[ -w %s ] || chmod u+rwx %s 2>/dev/null\n".formatted(into, into)
        + lines(Words.commands("mv -f", children, " " + into));
  }

  private static String lines(List<String> commands) {
    return String.join("\n", commands) + "\n";
  }

  private Stream<String> attributes() {
    return trees.stream()
        .flatMap(
            tree ->
                Stream.of(KeptScript.inPlace(tree), modes(tree), times(tree))
                    .flatMap(lines -> lines));
  }

  /** The deepest first: a directory that its owner may not enter hides what is below. */
  private static Stream<String> modes(NodeTree tree) {
    return IntStream.rangeClosed(1, tree.size())
        .map(i -> tree.size() - i)
        .filter(i -> hasOwnMode(tree, i))
        .mapToObj(
            i -> Words.noting("chmod " + tree.mode(i) + " " + Words.inBase(tree.path(i))) + "\n");
  }

  private static boolean hasOwnMode(NodeTree tree, int index) {
    SourceEntry entry = tree.entry(index);
    boolean closed = (entry.mode() & 0700) != 0700;
    if (entry.kind() == SourceEntry.Kind.LINK) {
      return false;
    }
    return tree.changes(index)
        || tree.difference(index) == Difference.ATTRIBUTES
        || (tree.missing(index) && entry.isDirectory() && (closed || tree.isMadeEarly(index)));
  }

  private static Stream<String> times(NodeTree tree) {
    return tree.indexes(tree::timed)
        .mapToObj(
            i ->
                Words.noting(
                        "touch -r "
                            + Words.inStage(tree.reference(i))
                            + " "
                            + Words.inBase(tree.path(i)))
                    + "\n");
  }
}
