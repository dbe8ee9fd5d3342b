package io.codeploy.multiquery.inventory;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/** Hosts, groups and variables of one inventory. Filled by {@link AnsibleReader}. */
final class AnsibleGroups {
  static final String ALL = "all";
  static final String UNGROUPED = "ungrouped";

  /** A group, or a host, which has no members. */
  private static final class Entry {
    private final SequencedSet<String> hosts = new LinkedHashSet<>();
    private final SequencedSet<String> children = new LinkedHashSet<>();
    private final SequencedSet<String> parents = new LinkedHashSet<>();
    private final Map<String, String> variables = new HashMap<>();
    private Optional<Integer> depth = Optional.empty();
  }

  private final SequencedMap<String, Entry> groups = new LinkedHashMap<>();
  private final SequencedMap<String, Entry> hosts = new LinkedHashMap<>();

  void addHost(String group, String host, Map<String, String> variables) {
    Entry entry = hosts.computeIfAbsent(host, any -> new Entry());
    entry.variables.putAll(variables);
    group(group).hosts.add(host);
    if (!group.equals(UNGROUPED)) {
      entry.parents.add(group);
    }
  }

  /** Adds nothing and returns false if {@code group} is below {@code child}. */
  boolean addChild(String group, String child) {
    group(group).children.add(child);
    group(child).parents.add(group);
    if (reachable(child, false).contains(group)) {
      group(group).children.remove(child);
      group(child).parents.remove(group);
      return false;
    }
    return true;
  }

  void addVariables(String group, Map<String, String> variables) {
    group(group).variables.putAll(variables);
  }

  /** The group, which is made if need be. */
  private Entry group(String name) {
    return groups.computeIfAbsent(name, any -> new Entry());
  }

  /** The hosts of a group and of those below it. */
  Optional<List<String>> hosts(String name) {
    if (name.equals(ALL)) {
      return Optional.of(List.copyOf(hosts.keySet()));
    }
    if (name.equals(UNGROUPED)) {
      return Optional.of(
          hosts.keySet().stream().filter(host -> entry(hosts, host).parents.isEmpty()).toList());
    }
    if (!groups.containsKey(name)) {
      return Optional.empty();
    }
    SequencedSet<String> found = new LinkedHashSet<>();
    reachable(name, false).forEach(group -> found.addAll(group(group).hosts));
    return Optional.of(List.copyOf(found));
  }

  /** The variables of a host: its own, else those of its deepest group, else those of all. */
  Map<String, String> variables(String host) {
    Entry entry = entry(hosts, host);
    SequencedSet<String> holding = new LinkedHashSet<>();
    entry.parents.forEach(group -> holding.addAll(reachable(group, true)));
    Map<String, String> variables = new HashMap<>(group(ALL).variables);
    holding.stream()
        .sorted(Comparator.<String>comparingInt(this::depth).thenComparing(name -> name))
        .forEach(group -> variables.putAll(group(group).variables));
    variables.putAll(entry.variables);
    return variables;
  }

  /** {@code group}, then what is above or below it, nearer ones first. */
  private Set<String> reachable(String group, boolean upwards) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(group));
    while (!next.isEmpty()) {
      String name = next.removeFirst();
      if (seen.add(name)) {
        next.addAll(upwards ? group(name).parents : group(name).children);
      }
    }
    return seen;
  }

  /** There are no cycles. */
  private int depth(String name) {
    Entry entry = group(name);
    if (entry.depth.isEmpty()) {
      int above = 0;
      for (String parent : entry.parents) {
        above = Math.max(above, depth(parent));
      }
      entry.depth = Optional.of(above + 1);
    }
    return entry.depth.get();
  }

  private static Entry entry(Map<String, Entry> entries, String name) {
    Entry entry = entries.get(name);
    return entry == null ? new Entry() : entry;
  }
}
