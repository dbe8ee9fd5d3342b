package io.codeploy.cli.origin;

import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a tree that not everybody may read, by their own mode or that of a directory above.
 * Copies of them are offered to nobody: a web server gives such a file under its own name, if its
 * operator lets it, or not at all.
 *
 * @param closed paths of directories that not everybody may enter
 */
record PrivateFiles(Set<String> closed) {
  private static final int OTHERS_READ = 04;
  private static final int OTHERS_SEARCH = 01;

  static PrivateFiles of(Manifest manifest) {
    return new PrivateFiles(
        manifest.entries().stream()
            .filter(entry -> entry instanceof Directory dir && (dir.mode() & OTHERS_SEARCH) == 0)
            .map(Entry::path)
            .map(Object::toString)
            .collect(Collectors.toSet()));
  }

  /** Whether {@code file} is one of them. An empty file has nothing to hide. */
  boolean contains(RegularFile file) {
    return file.size() > 0
        && ((file.mode() & OTHERS_READ) == 0 || parents(file).anyMatch(closed::contains));
  }

  /** The first one in {@code tree} that {@code copied} is true of. */
  Optional<RegularFile> firstIn(Manifest tree, Predicate<RegularFile> copied) {
    return tree.files().stream().filter(this::contains).filter(copied).findFirst();
  }

  /** What lets everybody read {@code file} of the tree in {@code dir}, or a part of it. */
  String remedy(RegularFile file, Path dir) {
    return (file.mode() & OTHERS_READ) == 0
        ? "chmod o+r " + dir.resolve(file.path().value())
        : "chmod o+x " + dir.resolve(parents(file).filter(closed::contains).findFirst().orElse(""));
  }

  private static Stream<String> parents(RegularFile file) {
    String path = file.path().value();
    return Stream.iterate(path.lastIndexOf('/'), at -> at > 0, at -> path.lastIndexOf('/', at - 1))
        .map(at -> path.substring(0, at));
  }
}
