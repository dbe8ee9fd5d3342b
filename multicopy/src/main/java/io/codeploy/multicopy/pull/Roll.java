package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes down what a node says it has, and takes nothing on trust: a name is below a directory that
 * was listed before, once, and can be nowhere else. One thread.
 */
final class Roll {
  /** What this machine can hold of one node, at some 200 bytes each. */
  static final int LIMIT = 4_000_000;

  /** A stage, of a push to the node or of a pull to here, is nobody's file. */
  private static final Pattern STAGE = Pattern.compile("(.*/)?\\.multicopy-[^/]*(/.*)?");

  private final int limit;
  private final Exclusion exclusion;
  private final int mask;
  private final Problems problems;
  private final List<RemoteSource> sources = new ArrayList<>();
  private final List<RemoteEntry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> directories = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private String path = "";
  private String name = "";
  private int count;

  /**
   * Nothing is listed yet.
   *
   * @param limit how many names a node may have
   * @param selection of which what is excluded is told by paths that begin with a source's name
   */
  Roll(int limit, Selection selection, Problems problems) {
    this.limit = limit;
    this.exclusion = selection.exclusion();
    this.mask = Detail.modeMask(selection.details());
    this.problems = problems;
  }

  /** What comes next belongs to the source at {@code path}, which is called {@code name}. */
  void begin(String path, String name) throws NodeFailedException {
    end();
    this.path = path;
    this.name = name;
    if (!isOneName(name)) {
      throw Problems.failure(RemoteSource.text(path) + ": has no name to be copied under");
    }
  }

  private static boolean isOneName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0;
  }

  /** The source has {@code found} under {@code name}, which is empty for the source itself. */
  void add(String entry, Found found) throws NodeFailedException {
    count++;
    if (count > limit) {
      throw Problems.failure("has more than " + limit + " files; copy a part at a time");
    }
    if (name.isEmpty()) {
      throw Problems.failure("lists files before it says of what; nothing was copied");
    }
    int slash = entry.lastIndexOf('/');
    String parent = entry.isEmpty() ? "" : entry.substring(0, Math.max(slash, 0));
    boolean root = entry.isEmpty();
    if (left.contains(parent) && !root) {
      left.add(entry);
    } else if (!names.add(entry)
        || (root != entries.isEmpty())
        || (!root && !(isOneName(entry.substring(slash + 1)) && directories.contains(parent)))) {
      throw Problems.failure(
          "lists a name that cannot be: " + Wire.text(path + "/" + entry) + "; nothing was copied");
    } else if (isCopied(entry, found)) {
      // No set-uid, set-gid or sticky bit because a node says so, unless they were asked for.
      entries.add(new RemoteEntry(entry, found.masked(mask)));
      if (found.kind() == Found.Kind.DIRECTORY) {
        directories.add(entry);
      }
    } else {
      left.add(entry);
    }
  }

  private boolean isCopied(String entry, Found found) {
    String whole = entry.isEmpty() ? path : path + "/" + entry;
    if (STAGE.matcher(entry.isEmpty() ? name : entry).matches()) {
      return false;
    }
    boolean directory = found.kind() == Found.Kind.DIRECTORY;
    if (exclusion.excludes(entry.isEmpty() ? name : name + "/" + entry, directory)) {
      return false;
    }
    if (found.kind() == Found.Kind.OTHER) {
      problems.add(RemoteSource.text(whole), "neither file, directory nor link");
    } else if (found.kind() == Found.Kind.LINK && found.link().orElse("").isEmpty()) {
      problems.add(RemoteSource.text(whole), "cannot be read");
    } else if (!canBeHere(name) || !canBeHere(entry) || !canBeHere(found.link().orElse(""))) {
      problems.add(RemoteSource.text(whole), "cannot be so called here");
    } else {
      return true;
    }
    return false;
  }

  private static boolean canBeHere(String wire) {
    try {
      return RawNames.path(wire).getNameCount() >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** All that was listed. */
  List<RemoteSource> sources() {
    end();
    return List.copyOf(sources);
  }

  private void end() {
    if (!entries.isEmpty()) {
      sources.add(new RemoteSource(path, name, entries));
    }
    entries.clear();
    names.clear();
    directories.clear();
    left.clear();
  }
}
