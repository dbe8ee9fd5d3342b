package io.codeploy.multiquery.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Which nodes a run is for, as the options say it.
 *
 * @param targets expressions of {@code -w}
 * @param groups of {@code -g}, several with commas between them
 * @param commands of {@code --nodes-from}, which print nodes
 * @param exceptions expressions of {@code -x}
 * @param pick how many to leave by chance
 */
public record Selection(
    List<String> targets,
    List<String> groups,
    List<String> commands,
    List<String> exceptions,
    OptionalInt pick) {
  public Selection {
    targets = List.copyOf(targets);
    groups = List.copyOf(groups);
    commands = List.copyOf(commands);
    exceptions = List.copyOf(exceptions);
    Objects.requireNonNull(pick, "pick is null");
  }

  /** The same without leaving any of them by chance. */
  public Selection all() {
    return new Selection(targets, groups, commands, exceptions, OptionalInt.empty());
  }

  /** Whether it is of all nodes of the list. */
  public boolean isWholeList() {
    return targets.isEmpty() && groups.isEmpty() && commands.isEmpty();
  }

  /** As it was typed, for messages. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    targets.forEach(text -> words.add("-w \"" + text + "\""));
    groups.forEach(text -> words.add("-g \"" + text + "\""));
    commands.forEach(text -> words.add("--nodes-from \"" + text + "\""));
    exceptions.forEach(text -> words.add("-x \"" + text + "\""));
    return String.join(" ", words);
  }
}
