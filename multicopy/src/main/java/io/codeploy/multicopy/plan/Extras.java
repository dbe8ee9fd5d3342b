package io.codeploy.multicopy.plan;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.Wire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What there is below the counterpart of a source directory and the source has not. Excluded names
 * and stages of other copies are kept, and so is every directory that holds one.
 */
public final class Extras {
  private static final Exclusion STAGES = Exclusion.of(List.of(".multicopy-*/"));

  private final String root;
  private final Exclusion exclusion;
  private final Map<String, Found> all = new LinkedHashMap<>();
  private final Set<String> kept = new HashSet<>();

  /**
   * @param root the source's name, which patterns start from
   */
  public Extras(String root, Exclusion exclusion) {
    this.root = root;
    this.exclusion = exclusion;
  }

  /** There is {@code found} as {@code name}, in any order; says whether it may go. */
  public boolean found(String name, Found found) {
    boolean directory = found.kind() == Found.Kind.DIRECTORY;
    String path = root + "/" + name;
    if (!exclusion.covers(path, directory) && !STAGES.covers(path, directory)) {
      all.put(name, found);
      return true;
    }
    for (String at = Wire.parent(name); !at.isEmpty() && kept.add(at); at = Wire.parent(at)) {
      // Each directory above is kept as well.
    }
    return false;
  }

  /** Tells of all that goes, with what is in it. */
  public void eachDoomed(BiConsumer<String, Found> action) {
    all.forEach(
        (name, found) -> {
          if (!kept.contains(name)) {
            action.accept(name, found);
          }
        });
  }

  /** How many names go. */
  public int count() {
    return all.size();
  }

  /** What is to be removed, by the directory that it is in; what is in it goes with it. */
  public Map<String, List<String>> removals() {
    Map<String, List<String>> removals = new LinkedHashMap<>();
    eachDoomed(
        (name, found) -> {
          String in = Wire.parent(name);
          if (!all.containsKey(in) || kept.contains(in)) {
            removals.computeIfAbsent(in, absent -> new ArrayList<>()).add(name);
          }
        });
    return removals;
  }
}
