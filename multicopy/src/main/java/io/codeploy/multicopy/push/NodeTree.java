package io.codeploy.multicopy.push;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One source on its way to a node: what it has there, and what of the rest is in its stage. */
final class NodeTree {
  /** A file from which on it is continued where an earlier run was cut off. */
  static final long LARGE_BYTES = 32 << 20;

  private final SourceTree source;
  private final int number;
  private final String target;

  /** Entries that are in the stage already, whole. */
  private final BitSet staged = new BitSet();

  /** Large files that are sent like others. */
  private final BitSet streamed = new BitSet();

  private final Selection selection;
  private final Differences there;

  /** How much of a large file is in the stage. */
  private final Map<Integer, Long> begun = new HashMap<>();

  /**
   * Nothing is known to be there yet.
   *
   * @param number among the sources of the copy
   * @param target what the source is called on the node, below the base directory
   */
  NodeTree(SourceTree source, int number, String target, Selection selection) {
    this.source = source;
    this.number = number;
    this.target = target;
    this.selection = selection;
    this.there = new Differences(source, selection);
  }

  /** What the node has where it is to be. */
  Differences there() {
    return there;
  }

  /** Whether the source is a directory with nothing in it. */
  boolean isEmpty() {
    return size() == 1 && entry(0).isDirectory();
  }

  /** The stage has {@code found} as {@code name}. */
  void staged(String name, Found found, boolean verified) {
    OptionalInt index = source.indexOf(name);
    if (index.isEmpty() || found.kind() != Found.Kind.FILE) {
      return;
    }
    SourceEntry file = entry(index.getAsInt());
    Difference difference = Difference.of(file, there.masked(found));
    if (difference == Difference.NONE) {
      staged.set(index.getAsInt());
    } else if (isLarge(file) && verified && found.size() <= file.size()) {
      begun.put(index.getAsInt(), found.size());
    }
  }

  SourceTree source() {
    return source;
  }

  SourceEntry entry(int index) {
    return source.entries().get(index);
  }

  int size() {
    return source.entries().size();
  }

  Difference difference(int index) {
    return there.at(index);
  }

  /** For chmod on what stays: from five digits alone GNU's takes a directory's set-gid bit away. */
  String mode(int index) {
    boolean special = selection.details().contains(Detail.SPECIAL);
    return (special ? "%05o" : "%o").formatted(entry(index).mode());
  }

  /** Whether the node lacks this entry or has something else in its place. */
  boolean missing(int index) {
    return there.missing(index);
  }

  /** Whether the source is on the node, too. */
  boolean isOnNode() {
    return source.onNode().isPresent();
  }

  /** Where the node has this of a source that is there. */
  String origin(int index) {
    String name = entry(index).name();
    String root = source.onNode().orElseThrow();
    return name.isEmpty() ? root : root + "/" + name;
  }

  /** Whether it has to be put into the stage. */
  boolean toSend(int index) {
    return missing(index) && !staged.get(index) && !isLinked(index);
  }

  /** Whether it is made as another name of an earlier one. */
  boolean isLinked(int index) {
    return source.first(index).isPresent();
  }

  /** Whether it is a file whose content comes. */
  boolean isChecked(int index) {
    return entry(index).isFile() && missing(index) && !isLinked(index);
  }

  /** The files that have to be put into the stage. */
  BitSet filesToSend() {
    BitSet files = new BitSet(size());
    indexes(i -> entry(i).isFile() && toSend(i)).forEach(files::set);
    return files;
  }

  /** Whether the node has nothing of it, in no stage either, and none of it comes otherwise. */
  boolean isNew() {
    return staged.isEmpty()
        && begun.isEmpty()
        && IntStream.range(0, size()).allMatch(i -> missing(i) && !isLarge(entry(i)));
  }

  /** The same source for a node that nothing is known of. */
  NodeTree fresh() {
    return new NodeTree(source, number, target, selection);
  }

  /** All files that had to be put into the stage are in it now, whole. */
  void carried() {
    staged.or(filesToSend());
  }

  /** How many bytes of a large file the node has in the stage. */
  long begun(int index) {
    return begun.getOrDefault(index, 0L);
  }

  /** A large file that goes into the tar stream, since it is sent from its beginning. */
  void stream(int index) {
    streamed.set(index);
  }

  /** Whether this is a large file that comes through a channel of its own, or has come so. */
  boolean isApart(int index) {
    return isLarge(entry(index)) && !streamed.get(index);
  }

  /**
   * Whether this is a directory in the stage that was made for a large file below it, before the
   * tar stream came: busybox's tar gives a directory that is there no mode.
   */
  boolean isMadeEarly(int directory) {
    return source.largest() >= LARGE_BYTES
        && IntStream.range(directory + 1, end(directory)).anyMatch(i -> missing(i) && isApart(i));
  }

  static boolean isLarge(SourceEntry entry) {
    return entry.isFile() && entry.size() >= LARGE_BYTES;
  }

  /** Whether this is a directory that the node has, and that will be changed. */
  boolean changes(int index) {
    return entry(index).isDirectory() && there.changes(index);
  }

  /**
   * Whether its time has to be set at the end: that of a directory that is changed, of a new one
   * with a link out of it, which busybox's tar makes last of all, or with a hard one, of a file
   * that stays.
   */
  boolean timed(int index) {
    if (entry(index).isFile()) {
      return there.isOpen(index) && difference(index) == Difference.ATTRIBUTES;
    }
    if (!entry(index).isDirectory() || !missing(index)) {
      return changes(index);
    }
    int end = source.end(index);
    for (int i = index + 1; i < end; i = source.end(i)) {
      String link = entry(i).link();
      if (isLinked(i) || link.startsWith("/") || link.contains("..")) {
        return true;
      }
    }
    return false;
  }

  /** Each entry that is in {@code directory} itself and missing. */
  void eachMissingChild(int directory, IntConsumer action) {
    int end = source.end(directory);
    for (int i = directory + 1; i < end; i = source.end(i)) {
      if (missing(i)) {
        action.accept(i);
      }
    }
  }

  /** The index after the last of what is below the entry at {@code index}. */
  int end(int index) {
    return source.end(index);
  }

  IntStream indexes(IntPredicate wanted) {
    return IntStream.range(0, size()).filter(wanted);
  }

  /** The path from the base directory, in wire form. */
  String path(int index) {
    String name = entry(index).name();
    return name.isEmpty() ? target : target + "/" + name;
  }

  /** What stands for the time of an entry in the stage. */
  String reference(int index) {
    return "r/" + number + "." + index;
  }

  /** Among the sources of the copy. */
  int number() {
    return number;
  }

  String target() {
    return target;
  }
}
