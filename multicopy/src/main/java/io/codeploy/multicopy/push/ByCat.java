package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.shell.Script;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a tar stream does beside contents, as scripts for a node that has no tar: directories and
 * links before the files come, modes and times after. Times are of whole seconds.
 */
final class ByCat {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMddHHmm.ss").withZone(ZoneOffset.UTC);

  private final String base;
  private final String stage;

  ByCat(String base, String stage) {
    this.base = base;
    this.stage = stage;
  }

  /** Makes everything but files, and what stands for times. */
  Stream<String> before(List<NodeTree> trees) {
    return script(
        trees.stream().flatMap(tree -> Stream.concat(references(tree), directoriesAndLinks(tree))));
  }

  /** Gives all that was sent its mode and time, the deepest first. */
  Stream<String> after(List<NodeTree> trees) {
    return script(
        trees.stream()
            .flatMap(
                tree ->
                    IntStream.rangeClosed(1, tree.size())
                        .map(i -> tree.size() - i)
                        .filter(i -> isSent(tree, i))
                        .boxed()
                        .flatMap(i -> attributes(tree, i))));
  }

  private Stream<String> script(Stream<String> lines) {
    return Stream.of(
            Stream.of(
                "cd %s && s=%s && e=$s/e bad= || exit\numask 077\n"
                    .formatted(Script.quoted(base), Script.quoted(stage))),
            lines.map(line -> Words.noting(line) + "\n"),
            Stream.of("[ -z \"$bad\" ] || { head -n 3 \"$e\" >&2; exit 1; }\n"))
        .flatMap(part -> part);
  }

  private static Stream<String> references(NodeTree tree) {
    return tree.indexes(i -> tree.timed(i) || (NodeTree.isLarge(tree.entry(i)) && tree.missing(i)))
        .mapToObj(i -> touch(tree.entry(i), Words.inStage(tree.reference(i))));
  }

  private static Stream<String> directoriesAndLinks(NodeTree tree) {
    return tree.indexes(i -> tree.toSend(i) && !tree.entry(i).isFile())
        .mapToObj(
            i -> {
              String path = Words.inStage("t/" + tree.path(i));
              SourceEntry entry = tree.entry(i);
              return entry.isDirectory() ? "mkdir -p " + path : link(tree.path(i), entry.link());
            });
  }

  /** In a directory that may be there on the node and not in the stage. */
  private static String link(String name, String text) {
    String path = Words.inStage("t/" + name);
    String parent = Words.inStage("t/" + Wire.parent(name));
    return "{ mkdir -p %s && rm -f %s && ln -s -- %s %s; }"
        .formatted(parent, path, Script.quoted(text), path);
  }

  /** Whether it has come by now, without a mode and a time; large files get theirs at the end. */
  private static boolean isSent(NodeTree tree, int index) {
    SourceEntry entry = tree.entry(index);
    return tree.toSend(index) && entry.kind() != SourceEntry.Kind.LINK && !NodeTree.isLarge(entry);
  }

  private static Stream<String> attributes(NodeTree tree, int index) {
    SourceEntry entry = tree.entry(index);
    String path = Words.inStage("t/" + tree.path(index));
    int mode = entry.isDirectory() ? 0700 | entry.mode() : entry.mode();
    return Stream.of("chmod " + Integer.toOctalString(mode) + " " + path, touch(entry, path));
  }

  private static String touch(SourceEntry entry, String path) {
    return "TZ=UTC0 touch -t " + STAMP.format(Instant.ofEpochSecond(entry.seconds())) + " " + path;
  }
}
