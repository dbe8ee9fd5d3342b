package io.codeploy.cli.origin;

import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.swarm.FileKind;
import io.codeploy.cli.scan.ScannedTree;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which files tell what a web server makes of a tree: the first of each kind, the deepest one, and
 * the middle of the largest. Executables are never asked for, since asking could run them.
 *
 * @param byKind the first file of each kind, of the kinds with most bytes
 * @param untried kinds that are offered without a try: executables, and kinds beyond the limit
 */
record WebSamples(
    Map<String, RegularFile> byKind,
    Optional<RegularFile> deepest,
    Optional<RegularFile> largest,
    List<String> untried) {
  /** The kind that is always offered. */
  static final String EXECUTABLE = "exec";

  private static final int OTHERS_READ = 04;
  private static final int OTHERS_SEARCH = 01;
  private static final int MAX_GUARDED = 100;
  private static final int MAX_KINDS = 38;
  private static final int SAMPLE_BYTES = 64 << 10;

  static WebSamples of(List<RegularFile> all) {
    List<RegularFile> files =
        all.stream().filter(file -> file.size() > 0 && !file.executable()).toList();
    Map<String, RegularFile> first = new TreeMap<>();
    Map<String, Long> bytes = new TreeMap<>();
    for (RegularFile file : files) {
      first.putIfAbsent(FileKind.of(file), file);
      bytes.merge(FileKind.of(file), file.size(), Long::sum);
    }
    List<String> untried =
        first.keySet().stream()
            .sorted(Comparator.comparing((String kind) -> bytes.getOrDefault(kind, 0L)).reversed())
            .skip(MAX_KINDS)
            .toList();
    untried.forEach(first::remove);
    return new WebSamples(
        first,
        files.stream().max(Comparator.comparingInt(file -> file.path().names().size())),
        files.stream().max(Comparator.comparingLong(RegularFile::size)),
        untried);
  }

  /**
   * Files that only some may read, by their own mode or that of a directory above; the web server
   * may be one of them or not. A limited number.
   */
  static List<RegularFile> guarded(Manifest manifest) {
    Set<RelativePath> closed =
        manifest.entries().stream()
            .filter(entry -> entry instanceof Directory dir && (dir.mode() & OTHERS_SEARCH) == 0)
            .map(Entry::path)
            .collect(Collectors.toSet());
    return manifest.files().stream()
        .filter(file -> file.size() > 0 && !file.executable())
        .filter(file -> (file.mode() & OTHERS_READ) == 0 || isBelow(file.path(), closed))
        .limit(MAX_GUARDED)
        .toList();
  }

  private static boolean isBelow(RelativePath path, Set<RelativePath> directories) {
    return directories.stream().anyMatch(dir -> path.value().startsWith(dir.value() + "/"));
  }

  /** The beginning of {@code file}. */
  static Sample start(RegularFile file, WebUrl url, ScannedTree tree) {
    return sample(file, 0, url, tree);
  }

  /** A run of bytes in the middle of {@code file}. */
  static Sample middle(RegularFile file, WebUrl url, ScannedTree tree) {
    return sample(file, file.size() / 2, url, tree);
  }

  private static Sample sample(RegularFile file, long offset, WebUrl url, ScannedTree tree) {
    int length = (int) Math.min(SAMPLE_BYTES, file.size() - offset);
    return new Sample(url.of(file.path()), tree.dir().resolve(file.path().value()), offset, length);
  }
}
