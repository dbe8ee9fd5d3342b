package io.codeploy.multicopy.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes down a source once. */
final class SourceWalk {
  /** That of the owner to read comes first, that of all others to execute last. */
  private static final PosixFilePermission[] PERMISSIONS = PosixFilePermission.values();

  private final String root;
  private final Exclusion exclusion;
  private final Set<Detail> details;
  private final Traits traits;
  private final List<SourceEntry> entries = new ArrayList<>();

  /**
   * @param root the name of the source
   */
  SourceWalk(String root, Exclusion exclusion, Set<Detail> details) {
    this.root = root;
    this.exclusion = exclusion;
    this.details = details;
    this.traits = new Traits(details);
  }

  /** What is there and not excluded, each directory before what is in it. */
  List<SourceEntry> entries(Path start) throws IOException {
    add(start, attributes(start), "");
    return entries;
  }

  /** What else is known of them, by their places. */
  Traits traits() {
    return traits;
  }

  /**
   * What is in a directory.
   *
   * @param order by this, all paths of files below come sorted as bytes
   */
  private record Child(Path path, PosixFileAttributes attributes, String last, String order) {
    /** Empty if it has gone since it was read of. */
    static Optional<Child> of(Path path) throws IOException {
      PosixFileAttributes attributes;
      try {
        attributes = SourceWalk.attributes(path);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      String last = RawNames.last(path);
      String order = attributes.isDirectory() ? last + "/" : last;
      return Optional.of(new Child(path, attributes, last, order));
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private void add(Path path, PosixFileAttributes attributes, String name) throws IOException {
    if (isExcluded(name, attributes.isDirectory())) {
      return;
    }
    entries.add(entry(path, name, attributes));
    traits.add(path, attributes.isRegularFile(), attributes.isSymbolicLink());
    if (attributes.isDirectory()) {
      for (Child child : children(path)) {
        String below = name.isEmpty() ? child.last() : name + "/" + child.last();
        add(child.path(), child.attributes(), below);
      }
    }
  }

  private boolean isExcluded(String name, boolean directory) {
    return !exclusion.isNone()
        && exclusion.excludes(name.isEmpty() ? root : root + "/" + name, directory);
  }

  private static List<Child> children(Path directory) throws IOException {
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        Child.of(path).ifPresent(children::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(Comparator.comparing(Child::order));
    return children;
  }

  private SourceEntry entry(Path path, String name, PosixFileAttributes attributes)
      throws IOException {
    boolean link = attributes.isSymbolicLink();
    if (!link && !attributes.isRegularFile() && !attributes.isDirectory()) {
      throw new IOException(path + ": neither file, directory nor link; leave it out");
    }
    Instant changed = attributes.lastModifiedTime().toInstant();
    return new SourceEntry(
        name,
        path,
        link
            ? SourceEntry.Kind.LINK
            : attributes.isDirectory() ? SourceEntry.Kind.DIRECTORY : SourceEntry.Kind.FILE,
        attributes.isRegularFile() ? attributes.size() : 0,
        changed.getEpochSecond(),
        changed.getNano(),
        link ? bits(attributes.permissions()) : mode(path, attributes),
        link ? RawNames.text(Files.readSymbolicLink(path)) : "");
  }

  private int mode(Path path, PosixFileAttributes attributes) throws IOException {
    return details.contains(Detail.SPECIAL)
        ? (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS)
            & Detail.modeMask(details)
        : bits(attributes.permissions());
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission permission : PERMISSIONS) {
      bits = (bits << 1) | (permissions.contains(permission) ? 1 : 0);
    }
    return bits;
  }
}
