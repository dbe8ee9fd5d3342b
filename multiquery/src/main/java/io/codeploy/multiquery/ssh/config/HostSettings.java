package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds for a connection to one host once node list, settings and ssh_config are put together.
 *
 * @param jumps hosts to go through, nearest to this machine first
 * @param connectTimeout least limit of ssh_config for reaching the host, if any
 * @param keepAlive time without traffic after which the peer is asked whether it lives
 */
public record HostSettings(
    Target target,
    Keys keys,
    HostKeys hostKeys,
    List<String> jumps,
    Optional<Duration> connectTimeout,
    Duration keepAlive) {
  public HostSettings {
    jumps = List.copyOf(jumps);
  }

  /** Where to and as whom. */
  public record Target(String user, String host, int port) {
    @Override
    public String toString() {
      return user + "@" + host + ":" + port;
    }
  }

  /**
   * With which keys.
   *
   * @param files private keys in the order of their trial
   * @param named whether the files were asked for by name; otherwise they are the defaults and a
   *     missing one is nothing to talk about
   * @param only whether keys of the agent that no file names are left out
   */
  public record Keys(List<Path> files, boolean named, boolean only, Optional<Path> agentSocket) {
    public Keys {
      files = List.copyOf(files);
    }
  }

  /**
   * How the host key is judged.
   *
   * @param name under which known_hosts lists the host, without port
   * @param port that belongs to the name; 22, which is not written, for an alias
   * @param files known_hosts files, the first is the one that grows
   * @param hashNames whether new entries hide the host's name
   */
  public record HostKeys(
      HostKeyPolicy policy, String name, int port, List<Path> files, boolean hashNames) {
    public HostKeys {
      files = List.copyOf(files);
    }
  }
}
