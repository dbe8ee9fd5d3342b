package io.codeploy.cli.origin;

import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.origin.FileKind;
import io.codeploy.cli.scan.ScannedTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which files tell what a web server makes of a tree: some of each kind, the deepest one, and the
 * middle of the largest. Executables are never asked for, since asking could run them; private
 * files tell nothing of others.
 *
 * @param byKind a few files of each kind, at least one, of the kinds with most bytes
 * @param untried kinds that are offered without a try, beyond the limit
 * @param guarded private files, which the web server may be allowed to read or not; a limited
 *     number
 */
record WebSamples(
    Map<String, List<RegularFile>> byKind,
    Optional<RegularFile> deepest,
    Optional<RegularFile> largest,
    List<String> untried,
    List<RegularFile> guarded) {
  private static final int MAX_GUARDED = 100;
  private static final int MAX_KINDS = 38;
  private static final int OF_A_KIND = 4;
  private static final int SAMPLE_BYTES = 64 << 10;

  static WebSamples of(Manifest manifest) {
    PrivateFiles secret = PrivateFiles.of(manifest);
    List<RegularFile> all =
        manifest.files().stream().filter(file -> file.size() > 0 && !file.executable()).toList();
    List<RegularFile> files = all.stream().filter(file -> !secret.contains(file)).toList();
    Map<String, List<RegularFile>> byKind = new TreeMap<>();
    files.forEach(
        file -> byKind.computeIfAbsent(FileKind.of(file), kind -> new ArrayList<>()).add(file));
    List<String> untried =
        byKind.entrySet().stream()
            .sorted(Comparator.comparing(WebSamples::bytes).reversed())
            .skip(MAX_KINDS)
            .map(Map.Entry::getKey)
            .toList();
    untried.forEach(byKind::remove);
    byKind.replaceAll((kind, members) -> spread(members));
    return new WebSamples(
        byKind,
        files.stream().max(Comparator.comparingInt(file -> file.path().names().size())),
        files.stream().max(Comparator.comparingLong(RegularFile::size)),
        untried,
        all.stream().filter(secret::contains).limit(MAX_GUARDED).toList());
  }

  private static long bytes(Map.Entry<String, List<RegularFile>> kind) {
    return kind.getValue().stream().mapToLong(RegularFile::size).sum();
  }

  /** A few of {@code files}, the first one and others from all over it. */
  private static List<RegularFile> spread(List<RegularFile> files) {
    int count = Math.min(OF_A_KIND, files.size());
    List<RegularFile> few = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      few.add(files.get((int) ((long) i * files.size() / count)));
    }
    return few;
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
