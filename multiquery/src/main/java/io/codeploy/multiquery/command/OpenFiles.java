package io.codeploy.multiquery.command;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the limit on open files leaves for nodes. */
final class OpenFiles {
  private static final Pattern LIMIT =
      Pattern.compile("^Max open files +(\\d{1,9}) ", Pattern.MULTILINE);

  /** Jars, streams, selectors, the agent, node lists. */
  private static final int OURS = 128;

  /** A connection, the way to it through a jump host, a file that is copied. */
  private static final int PER_NODE = 3;

  /** Both ends of the way to a ProxyCommand, its pipes, a file that is copied. */
  private static final int PER_NODE_OF_PROXIES = 6;

  /** Pipes to a process that holds the connection and to one that runs the command. */
  private static final int PER_NODE_OF_PROCESSES = 8;

  private OpenFiles() {}

  /** The limit that {@code /proc/self/limits} of this content tells; empty where it has none. */
  static OptionalInt limit(String procLimits) {
    Matcher matcher = LIMIT.matcher(procLimits);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** How many nodes may be under way at once where {@code limit} files may be open. */
  static int window(int limit) {
    return Math.max(1, (limit - OURS) / PER_NODE);
  }

  /** The same where connections go through processes. */
  static int windowOfProxies(int limit) {
    return Math.max(1, (limit - OURS) / PER_NODE_OF_PROXIES);
  }

  /** The same where processes do the connecting. */
  static int windowOfProcesses(int limit) {
    return Math.max(1, (limit - OURS) / PER_NODE_OF_PROCESSES);
  }
}
