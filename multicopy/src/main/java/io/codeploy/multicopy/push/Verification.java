package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.Shelf;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.shell.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The part of a {@link FinishScript} that compares digests of what came into the stage. */
final class Verification {
  /** From here on openssl, which takes 5 ms to start, is three times as fast as sha256sum. */
  private static final long ALONE_BYTES = 4 << 20;

  /** A tree with more entries has its checks made anew for each node, one by one. */
  private static final int KEPT_ENTRIES = 20_000;

  /** About as many as a check has. */
  private static final long CHECK_BYTES = 128;

  private static final int OWNER_READS = 0400;

  private static final String IS =
      """
      is() {
        d=$(openssl dgst -sha256 -r <"$2" 2>/dev/null) || d=$(sha256sum <"$2")
        [ "${d%% *}" = "$1" ]
      }
      """;

  private final List<NodeTree> trees;
  private final Set<NodeTree> whole;
  private final Sources sources;

  /** {@code sources} has the digests of all that is checked. */
  Verification(List<NodeTree> trees, Sources sources) {
    this.trees = trees.stream().filter(tree -> !tree.isOnNode()).toList();
    this.whole =
        this.trees.stream()
            .filter(tree -> tree.size() <= KEPT_ENTRIES && tree.isNew())
            .collect(Collectors.toSet());
    this.sources = sources;
  }

  /** None where there is nothing to be checked. */
  Stream<String> lines() {
    return Stream.of(
            opening(),
            some(
                "(cd \"$s/t\" && exec sha256sum -c - >../o 2>&1) <<\"SUMS\"\n",
                false,
                "SUMS\n[ $? = 0 ] || die \"$(grep -v \": OK\\$\" \"$s/o\" | head -n 3)\"\n"),
            some(IS, true, ""),
            closing())
        .flatMap(lines -> lines);
  }

  /** Only root could digest what its owner may not read. */
  private Stream<String> opening() {
    return trees.stream()
        .map(tree -> closed(tree).mapToObj(i -> inStage(tree, i)).toList())
        .flatMap(words -> Words.commands("chmod u+r", words, "").stream())
        .map(line -> line + "\n");
  }

  /** What comes apart gets its mode later anyway. */
  private Stream<String> closing() {
    return trees.stream()
        .flatMap(
            tree ->
                closed(tree)
                    .filter(i -> !tree.isApart(i))
                    .mapToObj(i -> "chmod %o ".formatted(tree.entry(i).mode()) + inStage(tree, i)))
        .map(command -> Words.noting(command) + "\n");
  }

  private static IntStream closed(NodeTree tree) {
    return tree.indexes(i -> tree.isChecked(i) && (tree.entry(i).mode() & OWNER_READS) == 0);
  }

  private static String inStage(NodeTree tree, int index) {
    return Words.inStage("t/" + tree.path(index));
  }

  /** The checks that are made alone, or those that are not, with what is around them. */
  private Stream<String> some(String before, boolean alone, String after) {
    return trees.stream().allMatch(tree -> checked(tree, alone).findAny().isEmpty())
        ? Stream.empty()
        : Stream.of(Stream.of(before), checks(alone), Stream.of(after)).flatMap(lines -> lines);
  }

  private Stream<String> checks(boolean alone) {
    return trees.stream().flatMap(tree -> checks(tree, alone));
  }

  private Stream<String> checks(NodeTree tree, boolean alone) {
    return whole.contains(tree) ? Stream.of(kept(tree, alone)) : made(tree, alone);
  }

  /** All of them in one, made once for all nodes that have nothing of the tree. */
  private String kept(NodeTree tree, boolean alone) {
    Shelf shelf =
        sources.shelf(tree.source(), (alone ? "digest each " : "digests ") + tree.target(), 1);
    try {
      byte[] text =
          shelf.get(
              0,
              tree.size() * CHECK_BYTES,
              () -> Wire.bytes(made(tree, alone).collect(Collectors.joining())));
      return new String(text, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<String> made(NodeTree tree, boolean alone) {
    return checked(tree, alone).mapToObj(i -> alone ? ownSum(tree, i) : sum(tree, i));
  }

  private static IntStream checked(NodeTree tree, boolean alone) {
    return tree.indexes(i -> tree.isChecked(i) && alone == isAlone(tree, i));
  }

  /** Whether a file is digested by itself, by the fastest program that the node has. */
  private static boolean isAlone(NodeTree tree, int index) {
    return tree.entry(index).size() >= ALONE_BYTES || Words.isOdd(tree.path(index));
  }

  private String sum(NodeTree tree, int index) {
    return sources.known(tree.entry(index)) + "  " + tree.path(index) + "\n";
  }

  private String ownSum(NodeTree tree, int index) {
    return "is %s %s || die %s\n"
        .formatted(
            sources.known(tree.entry(index)),
            inStage(tree, index),
            Script.quoted(tree.path(index) + ": FAILED"));
  }
}
