package io.codeploy.cli.origin;

import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.cli.scan.ScannedTree;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out which kinds of files a web server does not give as they are. What it makes of one file
 * says nothing of the others of its kind: where the first is not right, some more are asked for.
 */
record KindCheck(WebUrl url, ScannedTree tree, WebProbe probe) {
  /** The kind that is always offered. */
  static final String EXECUTABLE = "exec";

  /** Kinds whose files a server treats one by one: each of them has a name of another sort. */
  private static final Set<String> MIXED = Set.of("dot", "odd");

  /**
   * What samples told.
   *
   * @param offeredKinds kinds of files that have to be offered as copies
   * @param right whether any sample came through as it is
   * @param failure of those that did not, the one to tell when nothing comes through
   */
  record Findings(Set<String> offeredKinds, boolean right, Optional<Tried> failure) {
    static Findings none() {
      return new Findings(Set.of(), false, Optional.empty());
    }
  }

  /**
   * Blocks.
   *
   * @throws OriginException if the server gives some files of a kind and refuses others, or is dead
   */
  Findings ask(WebSamples samples) throws OriginException, InterruptedException {
    Map<String, List<RegularFile>> first = new LinkedHashMap<>(samples.byKind());
    first.replaceAll((kind, files) -> MIXED.contains(kind) ? files : files.subList(0, 1));
    Map<String, List<Tried>> tried = fetch(first);
    Map<String, List<RegularFile>> doubtful = new LinkedHashMap<>(samples.byKind());
    doubtful.keySet().removeIf(kind -> MIXED.contains(kind) || right(tried, kind));
    doubtful.replaceAll((kind, files) -> files.subList(1, files.size()));
    fetch(doubtful).forEach((kind, more) -> tried.merge(kind, more, KindCheck::joined));
    Set<String> offered = new HashSet<>(samples.untried());
    offered.add(EXECUTABLE);
    for (String kind : tried.keySet()) {
      if (!right(tried, kind)) {
        requireUniform(kind, answers(tried, kind));
        offered.add(kind);
      }
    }
    return new Findings(offered, all(tried).anyMatch(Tried::right), telling(tried));
  }

  private Map<String, List<Tried>> fetch(Map<String, List<RegularFile>> files)
      throws OriginException, InterruptedException {
    List<Sample> samples =
        files.values().stream()
            .flatMap(List::stream)
            .map(file -> WebSamples.start(file, url, tree))
            .toList();
    Iterator<Tried> answers = probe.ask(samples).iterator();
    Map<String, List<Tried>> tried = new LinkedHashMap<>();
    files.forEach(
        (kind, some) -> tried.put(kind, some.stream().map(file -> answers.next()).toList()));
    return tried;
  }

  /** A kind of which the server refuses a part cannot be told to nodes. */
  private void requireUniform(String kind, List<Tried> answers) throws OriginException {
    Optional<Tried> refused = answers.stream().filter(Tried::refused).findFirst();
    if (!MIXED.contains(kind) && refused.isPresent() && answers.stream().anyMatch(Tried::right)) {
      throw new OriginException(
          "%s serves only a part of %s: GET %s %s, but others of its kind come; let the web server give it, --exclude it, or leave the URL out"
              .formatted(
                  url, tree.dir(), refused.get().sample().url(), refused.get().answer().words()));
    }
  }

  /** What most of the others got, too; of files with an ordinary name, if there is one. */
  private static Optional<Tried> telling(Map<String, List<Tried>> tried) {
    Map<String, Long> counts =
        all(tried)
            .filter(one -> !one.right())
            .collect(Collectors.groupingBy(one -> one.answer().words(), Collectors.counting()));
    Stream<Tried> ordinaryFirst =
        tried.keySet().stream()
            .sorted(Comparator.comparing(MIXED::contains))
            .flatMap(kind -> answers(tried, kind).stream());
    return ordinaryFirst
        .filter(one -> !one.right())
        .max(Comparator.comparing(one -> counts.getOrDefault(one.answer().words(), 0L)));
  }

  private static boolean right(Map<String, List<Tried>> tried, String kind) {
    return answers(tried, kind).stream().allMatch(Tried::right);
  }

  private static List<Tried> answers(Map<String, List<Tried>> tried, String kind) {
    return tried.getOrDefault(kind, List.of());
  }

  private static Stream<Tried> all(Map<String, List<Tried>> tried) {
    return tried.values().stream().flatMap(List::stream);
  }

  private static List<Tried> joined(List<Tried> some, List<Tried> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
