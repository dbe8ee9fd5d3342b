package io.codeploy.multicopy.source;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A source of a push, here or on its node: a file, or a directory and all below it. Each directory
 * comes before what is in it, and that without a gap.
 */
public final class SourceTree {
  private final Optional<String> onNode;
  private final String name;
  private final List<SourceEntry> entries;
  private final Traits traits;
  private final long files;
  private final long bytes;
  private final long largest;
  private final int longestName;
  private final int[] ends;
  private final int[] parents;

  /** Made when a node is first asked what it has of it. */
  private volatile Map<String, Integer> indexes = Map.of();

  private SourceTree(
      Optional<String> onNode, String name, List<SourceEntry> entries, Traits traits) {
    this.traits = traits;
    this.onNode = onNode;
    this.name = name;
    this.entries = List.copyOf(entries);
    this.ends = new int[entries.size()];
    this.parents = new int[entries.size()];
    for (int i = entries.size() - 1; i >= 0; i--) {
      String own = entries.get(i).name();
      int end = i + 1;
      while (end < ends.length && isBelow(entries.get(end).name(), own)) {
        parents[end] = i;
        end = ends[end];
      }
      ends[i] = end;
    }
    long fileCount = 0;
    long sum = 0;
    long most = 0;
    int longest = 0;
    for (SourceEntry entry : entries) {
      longest = Math.max(longest, entry.name().length());
      if (entry.isFile()) {
        fileCount++;
        sum += entry.size();
        most = Math.max(most, entry.size());
      }
    }
    this.files = fileCount;
    this.bytes = sum;
    this.largest = most;
    this.longestName = longest;
  }

  private static boolean isBelow(String name, String directory) {
    int length = directory.length();
    return length == 0
        || (name.length() > length && name.charAt(length) == '/' && name.startsWith(directory));
  }

  /**
   * One that its node has.
   *
   * @param path where it has it, in {@link Wire} form
   * @param entries at least one, in any order
   */
  public static SourceTree onNode(String path, String name, List<SourceEntry> entries) {
    // Nothing comes between a directory and what is in it if no sign is less than a slash.
    List<SourceEntry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(entry -> entry.name().replace('/', '\0')));
    return new SourceTree(Optional.of(path), name, sorted, new Traits(Set.of()));
  }

  /** Where its node has it, in {@link Wire} form; empty if it is here. */
  public Optional<String> onNode() {
    return onNode;
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

  /** How many files it has. */
  public long files() {
    return files;
  }

  /** How many bytes are in all of them. */
  public long bytes() {
    return bytes;
  }

  /** How many are in the largest; 0 where there is none. */
  public long largest() {
    return largest;
  }

  /** How many bytes the longest of their names has. */
  public int longestName() {
    return longestName;
  }

  /** Which entry has this name, if one has. */
  public OptionalInt indexOf(String entryName) {
    Map<String, Integer> known = indexes;
    Integer index = (known.isEmpty() ? indexed() : known).get(entryName);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** By one of those who ask, while the others wait: they all do at once, and it may be large. */
  private synchronized Map<String, Integer> indexed() {
    if (indexes.isEmpty()) {
      Map<String, Integer> made = HashMap.newHashMap(entries.size());
      for (int i = 0; i < entries.size(); i++) {
        made.putIfAbsent(entries.get(i).name(), i);
      }
      indexes = made;
    }
    return indexes;
  }

  /** Whose the entry at {@code index} is, where that is to be kept. */
  public Optional<Owner> owner(int index) {
    return traits.owner(index);
  }

  /** The extended attributes of the entry at {@code index}, where they are kept. */
  public Map<String, byte[]> xattrs(int index) {
    return traits.xattrs(index);
  }

  /** The earlier entry that is the same file as the one at {@code index}, where that is kept. */
  public OptionalInt first(int index) {
    return traits.first(index);
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
   * @param details what is known of its entries beside what every copy keeps
   * @throws IOException also for what is neither file, directory nor link, unless it is excluded
   */
  public static Optional<SourceTree> list(Path source, Exclusion exclusion, Set<Detail> details)
      throws IOException {
    Path start = Files.isSymbolicLink(source) ? source.toRealPath() : source;
    Path name = source.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw new FileSystemException(source.toString(), null, "has no name to be copied under");
    }
    String root = RawNames.last(name);
    SourceWalk walk = new SourceWalk(root, exclusion, details);
    List<SourceEntry> entries = walk.entries(start);
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(new SourceTree(Optional.empty(), root, entries, walk.traits()));
  }
}
