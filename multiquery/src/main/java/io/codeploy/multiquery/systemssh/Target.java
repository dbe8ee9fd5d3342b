package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.node.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines for one node. The user's own options come first: ssh takes the first value of
 * each.
 *
 * @param prefix what starts the program, so that Ctrl-C does not hit it
 * @param defaultUser login where the node has none
 */
record Target(List<String> prefix, SshCommand command, Node node, Optional<String> defaultUser) {
  /**
   * Becomes ssh after it has left a watcher behind, which ends it when standard input ends: when
   * this process is gone, however it went.
   */
  private static final String WATCHED =
      "exec 3<&0; { read -r x || kill $$; } <&3 >/dev/null 2>&1 3<&- &"
          + " exec \"$@\" </dev/null 3<&-";

  private static final int ALIVE_SECONDS = 15;

  Target {
    prefix = List.copyOf(prefix);
  }

  /** A process that connects, listens on {@code socket} once it is logged in, and stays. */
  List<String> master(Path socket) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(List.of("sh", "-c", WATCHED, "sh"));
    line.addAll(command.words());
    line.addAll(List.of("-S", socket.toString(), "-N", "-T"));
    line.addAll(List.of("-o", "ControlMaster=yes", "-o", "ControlPersist=no"));
    line.addAll(List.of("-o", "ServerAliveInterval=" + ALIVE_SECONDS));
    line.addAll(List.of("-o", "ClearAllForwardings=yes"));
    addDestination(line);
    return line;
  }

  /**
   * A process that uses the connection of {@code socket}, never one of its own: where it is not let
   * in, it makes the file {@code refused} and ends.
   *
   * @param more options
   * @param remote command or subsystem, if any
   */
  List<String> client(Path socket, Path refused, List<String> more, Optional<String> remote) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command.words());
    line.addAll(List.of("-S", socket.toString(), "-T", "-o", "ControlMaster=no"));
    line.addAll(List.of("-o", "ProxyCommand=touch " + quoted(refused)));
    line.addAll(List.of("-o", "HostName=multiplexed.invalid"));
    line.addAll(List.of("-o", "ClearAllForwardings=yes"));
    line.addAll(more);
    addDestination(line);
    remote.ifPresent(line::add);
    return line;
  }

  /**
   * A process that asks the master for something and ends. No configuration is read: forwardings
   * that it names would be asked for once more.
   */
  List<String> request(Path socket, List<String> request) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command.words());
    line.addAll(List.of("-F", "none", "-S", socket.toString()));
    line.addAll(request);
    addDestination(line);
    return line;
  }

  private void addDestination(List<String> line) {
    line.addAll(List.of("-o", "BatchMode=yes", "-o", "RemoteCommand=none"));
    node.user().or(() -> defaultUser).ifPresent(user -> line.addAll(List.of("-l", user)));
    node.port().ifPresent(port -> line.addAll(List.of("-p", String.valueOf(port))));
    line.add("--");
    line.add(node.host());
  }

  /** For the shell that runs a ProxyCommand, in which ssh replaces what follows a percent sign. */
  private static String quoted(Path path) {
    return "'" + path.toString().replace("%", "%%").replace("'", "'\\''") + "'";
  }
}
