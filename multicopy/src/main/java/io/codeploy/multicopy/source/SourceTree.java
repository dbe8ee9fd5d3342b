package io.codeploy.multicopy.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A source of a push: a file, or a directory and all below it. Each directory comes before what is
 * in it, and that without a gap.
 */
public final class SourceTree {
  private final String name;
  private final List<SourceEntry> entries;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final int[] ends;
  private final int[] parents;

  private SourceTree(String name, List<SourceEntry> entries) {
    this.name = name;
    this.entries = List.copyOf(entries);
    this.ends = new int[entries.size()];
    this.parents = new int[entries.size()];
    for (int i = entries.size() - 1; i >= 0; i--) {
      String own = entries.get(i).name();
      indexes.put(own, i);
      int end = i + 1;
      while (end < ends.length && isBelow(entries.get(end).name(), own)) {
        parents[end] = i;
        end = ends[end];
      }
      ends[i] = end;
    }
  }

  private static boolean isBelow(String name, String directory) {
    return directory.isEmpty() || name.startsWith(directory + "/");
  }

  /** What it is called in a directory that takes it, in {@link Wire} form. */
  public String name() {
    return name;
  }

  /** At least one; the first is the source itself. */
  public List<SourceEntry> entries() {
    return entries;
  }

  /** The source itself. */
  public SourceEntry root() {
    return entries.getFirst();
  }

  /** Which entry has this name, if one has. */
  public OptionalInt indexOf(String entryName) {
    Integer index = indexes.get(entryName);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The index after the last of what is below the entry at {@code index}. */
  public int end(int index) {
    return ends[index];
  }

  /** The index of the directory that the entry at {@code index} is in; 0 for that of the source. */
  public int parent(int index) {
    return parents[index];
  }

  /**
   * Lists {@code source} but for what is excluded; empty if it is itself. A link that is named
   * itself is followed, as cp and scp do; links below it are not.
   *
   * @throws IOException also for what is neither file, directory nor link, unless it is excluded
   */
  public static Optional<SourceTree> list(Path source, Exclusion exclusion) throws IOException {
    Path start = Files.isSymbolicLink(source) ? source.toRealPath() : source;
    Path name = source.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw new FileSystemException(source.toString(), null, "has no name to be copied under");
    }
    String root = RawNames.last(name);
    List<SourceEntry> entries = new ArrayList<>();
    add(start, root, "", exclusion, entries);
    return entries.isEmpty() ? Optional.empty() : Optional.of(new SourceTree(root, entries));
  }

  private static void add(
      Path path, String root, String name, Exclusion exclusion, List<SourceEntry> entries)
      throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (exclusion.excludes(name.isEmpty() ? root : root + "/" + name, attributes.isDirectory())) {
      return;
    }
    entries.add(entry(path, name, attributes));
    if (attributes.isDirectory()) {
      for (Path child : children(path)) {
        String last = RawNames.last(child);
        add(child, root, name.isEmpty() ? last : name + "/" + last, exclusion, entries);
      }
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(null);
    return children;
  }

  private static SourceEntry entry(Path path, String name, PosixFileAttributes attributes)
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
        bits(attributes.permissions()),
        link ? RawNames.text(Files.readSymbolicLink(path)) : "");
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    // Nine letters or dashes, the owner's read permission first.
    for (char letter : PosixFilePermissions.toString(permissions).toCharArray()) {
      bits = (bits << 1) | (letter == '-' ? 0 : 1);
    }
    return bits;
  }
}
