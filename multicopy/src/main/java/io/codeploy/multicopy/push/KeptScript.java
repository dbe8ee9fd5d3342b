package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The part of a {@link FinishScript} that makes hard links and gives files to their owners. */
final class KeptScript {
  /** The set-uid and set-gid bits, which a file that is given away loses. */
  private static final int POWER = 06000;

  private KeptScript() {}

  /** For what is in the stage. */
  static Stream<String> staged(NodeTree tree) {
    return Stream.of(
            links(tree),
            owners(tree, true, tree::missing, i -> inStage(tree, i)),
            tree.indexes(i -> tree.missing(i) && isPowerful(tree.entry(i)))
                .filter(i -> tree.there().identities().command(i, true).isPresent())
                .mapToObj(
                    i ->
                        Words.noting(
                            "chmod %o %s".formatted(tree.entry(i).mode(), inStage(tree, i)))))
        .flatMap(lines -> lines)
        .map(line -> line + "\n");
  }

  /** For what stays in its place; modes come after it. */
  static Stream<String> inPlace(NodeTree tree) {
    return owners(tree, false, i -> !tree.missing(i), i -> Words.inBase(tree.path(i)))
        .map(line -> line + "\n");
  }

  private static boolean isPowerful(SourceEntry entry) {
    return entry.isFile() && (entry.mode() & POWER) != 0;
  }

  private static String inStage(NodeTree tree, int index) {
    return Words.inStage("t/" + tree.path(index));
  }

  private static Stream<String> links(NodeTree tree) {
    return tree.indexes(i -> tree.missing(i) && tree.isLinked(i))
        .mapToObj(
            i -> {
              int first = tree.there().identities().first(i).getAsInt();
              String from =
                  tree.missing(first) ? inStage(tree, first) : Words.inBase(tree.path(first));
              String to = inStage(tree, i);
              String parent = to.substring(0, to.lastIndexOf('/')) + "'";
              return Words.noting("{ mkdir -p " + parent + " && ln -f " + from + " " + to + "; }");
            });
  }

  private static Stream<String> owners(
      NodeTree tree, boolean fresh, IntPredicate wanted, IntFunction<String> word) {
    Map<String, List<String>> byCommand = new LinkedHashMap<>();
    tree.indexes(wanted)
        .forEach(
            i ->
                tree.there()
                    .identities()
                    .command(i, fresh)
                    .ifPresent(
                        command ->
                            byCommand
                                .computeIfAbsent(command, first -> new ArrayList<>())
                                .add(word.apply(i))));
    return byCommand.entrySet().stream()
        .flatMap(same -> Words.commands(same.getKey(), same.getValue(), "").stream());
  }
}
