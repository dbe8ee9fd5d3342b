package io.codeploy.multiquery.ssh.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The conditions of a {@code Match} line, all of which have to hold.
 *
 * @param line where they stand
 */
record MatchCriteria(ConfigLine line, List<Criterion> criteria) {
  private static final Set<String> WITH_ARGUMENT =
      Set.of("exec", "host", "localuser", "originalhost", "tagged", "user");
  private static final Set<String> ALONE = Set.of("all", "canonical", "final");

  /** One of them; {@code argument} is empty for those that have none. */
  record Criterion(String name, boolean negated, String argument) {}

  MatchCriteria {
    criteria = List.copyOf(criteria);
  }

  /** Refuses what cannot be decided here. */
  static MatchCriteria parse(ConfigLine line) throws SshConfigException {
    List<Criterion> criteria = new ArrayList<>();
    Iterator<String> words = line.arguments().iterator();
    while (words.hasNext()) {
      String[] word = words.next().split("=", 2);
      boolean negated = word[0].startsWith("!");
      String name = word[0].substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
      if (word.length == 2 && WITH_ARGUMENT.contains(name)) {
        criteria.add(new Criterion(name, negated, word[1]));
      } else if (ALONE.contains(name)) {
        criteria.add(new Criterion(name, negated, ""));
      } else if (!WITH_ARGUMENT.contains(name)) {
        throw new SshConfigException(
            line.file(),
            line.number(),
            "Match " + name + " is not supported; known are all, canonical, final, " + known());
      } else if (!words.hasNext()) {
        throw new SshConfigException(
            line.file(), line.number(), "Match " + name + " has no argument");
      } else {
        criteria.add(new Criterion(name, negated, words.next()));
      }
    }
    return new MatchCriteria(line, criteria);
  }

  private static String known() {
    return String.join(", ", WITH_ARGUMENT.stream().sorted().toList());
  }

  /** Whether one of them is called {@code name}. */
  boolean has(String name) {
    return criteria.stream().anyMatch(criterion -> criterion.name().equals(name));
  }
}
