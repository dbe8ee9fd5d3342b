package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.AgentStateCodec;
import io.codeploy.agent.control.MalformedMessageException;
import io.codeploy.cli.fleet.NodeFacts.Disk;
import io.codeploy.cli.fleet.NodeFacts.Platform;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the probe script printed. Pure: whatever a node prints, it does no more than fail. */
final class NodeProbe {
  private static final Pattern JAVA_VERSION = Pattern.compile("version \"(?:1\\.)?(\\d{1,4})");

  private NodeProbe() {}

  /** The facts of a node; empty when the lines do not even tell system and agent directory. */
  static Optional<NodeFacts> parse(Marked lines) {
    Optional<String> system = lines.first("system");
    Optional<String> dir = lines.first("dir").filter(path -> path.startsWith("/"));
    if (system.isEmpty() || dir.isEmpty()) {
      return Optional.empty();
    }
    boolean glibc = lines.first("glibc").isPresent();
    return Optional.of(
        new NodeFacts(
            new Platform(system.get(), lines.first("machine").orElse("unknown"), glibc),
            dir.get(),
            lines.first("ssh").flatMap(NodeProbe::serverAddress),
            new Disk(lines.first("writable").isPresent(), free(lines)),
            Set.copyOf(lines.all("tool")),
            Set.copyOf(lines.all("image")),
            newestJava(lines.all("java")),
            running(lines)));
  }

  /** The state that lines {@code state.<key>=<value>} hold, if it is whole. */
  static Optional<AgentState> state(Marked lines) {
    String text =
        lines.below("state.").lines().stream()
            .map(line -> line.key() + "=" + line.value())
            .collect(Collectors.joining("\n"));
    try {
      return Optional.of(AgentStateCodec.decode(text));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  private static Optional<AgentState> running(Marked lines) {
    return lines.first("alive").isPresent() ? state(lines) : Optional.empty();
  }

  /** SSH_CONNECTION: client address, client port, server address, server port. */
  private static Optional<String> serverAddress(String connection) {
    String[] words = connection.split(" ", -1);
    return words.length == 4 && !words[2].isEmpty() ? Optional.of(words[2]) : Optional.empty();
  }

  private static OptionalLong free(Marked lines) {
    String kibibytes = lines.first("free").orElse("");
    return kibibytes.matches("\\d{1,15}")
        ? OptionalLong.of(Long.parseLong(kibibytes) * 1024)
        : OptionalLong.empty();
  }

  /** The agent's launcher takes the first that is new enough, so the newest counts. */
  private static OptionalInt newestJava(List<String> firstLines) {
    return firstLines.stream()
        .map(JAVA_VERSION::matcher)
        .filter(Matcher::find)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .max();
  }
}
