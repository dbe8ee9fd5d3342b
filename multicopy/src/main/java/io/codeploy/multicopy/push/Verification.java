package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.shell.Script;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The part of a {@link FinishScript} that compares digests of what came into the stage. */
final class Verification {
  /** From here on openssl, which takes 5 ms to start, is three times as fast as sha256sum. */
  private static final long ALONE_BYTES = 4 << 20;

  private static final String IS =
      """
      is() {
        d=$(openssl dgst -sha256 -r <"$2" 2>/dev/null) || d=$(sha256sum <"$2")
        [ "${d%% *}" = "$1" ]
      }
      """;

  private final List<NodeTree> trees;
  private final Sources sources;

  /** {@code sources} has the digests of all that is checked. */
  Verification(List<NodeTree> trees, Sources sources) {
    this.trees = trees;
    this.sources = sources;
  }

  /** None where there is nothing to be checked. */
  Stream<String> lines() {
    Stream<String> plain =
        trees.stream().flatMap(tree -> checked(tree, false).mapToObj(i -> sum(tree, i)));
    Stream<String> alone =
        trees.stream().flatMap(tree -> checked(tree, true).mapToObj(i -> ownSum(tree, i)));
    return Stream.concat(
        any(false)
            ? Stream.concat(
                Stream.concat(
                    Stream.of("(cd \"$s/t\" && exec sha256sum -c - >../o 2>&1) <<\"SUMS\"\n"),
                    plain),
                Stream.of(
                    "SUMS\n[ $? = 0 ] || die \"$(grep -v \": OK\\$\" \"$s/o\" | head -n 3)\"\n"))
            : Stream.empty(),
        any(true) ? Stream.concat(Stream.of(IS), alone) : Stream.empty());
  }

  private boolean any(boolean alone) {
    return trees.stream().anyMatch(tree -> checked(tree, alone).findAny().isPresent());
  }

  private static IntStream checked(NodeTree tree, boolean alone) {
    return tree.indexes(i -> !tree.isOnNode() && tree.isChecked(i) && alone == isAlone(tree, i));
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
            Words.inStage("t/" + tree.path(index)),
            Script.quoted(tree.path(index) + ": FAILED"));
  }
}
