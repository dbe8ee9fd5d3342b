package io.codeploy.multicopy.source;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    return list(source, exclusion, ModeBits.PERMISSIONS);
  }

  /** The same with more of its modes. */
  static Optional<SourceTree> list(Path source, Exclusion exclusion, ModeBits bits)
      throws IOException {
    Path start = Files.isSymbolicLink(source) ? source.toRealPath() : source;
    Path name = source.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw new FileSystemException(source.toString(), null, "has no name to be copied under");
    }
    String root = RawNames.last(name);
    List<SourceEntry> entries = new SourceWalk(root, exclusion, bits).entries(start);
    return entries.isEmpty() ? Optional.empty() : Optional.of(new SourceTree(root, entries));
  }
}
