package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds for one host once node list, settings and ssh_config are put together. */
public record HostSettings(
    Target target,
    Reach reach,
    Keys keys,
    HostKeys hostKeys,
    Algorithms algorithms,
    Session session) {
  /** Where to and as whom. */
  public record Target(String user, String host, int port) {
    @Override
    public String toString() {
      return user + "@" + host + ":" + port;
    }
  }

  /** What carries the bytes. */
  public sealed interface Proxy {
    record None() implements Proxy {}

    /** Hosts to go through, nearest to this machine first. */
    record Jumps(List<String> hops) implements Proxy {
      public Jumps {
        hops = List.copyOf(hops);
      }
    }

    /** A command, for that shell, whose standard input and output are the connection. */
    record Command(String shell, String text) implements Proxy {}
  }

  /** Which of a host's addresses count. */
  public enum Family {
    ANY,
    INET,
    INET6
  }

  /**
   * How the host is reached.
   *
   * @param connectTimeout limit of ssh_config for reaching the host, if any
   * @param source address of this machine to connect from
   */
  public record Reach(
      Proxy proxy, Optional<Duration> connectTimeout, Family family, Optional<String> source) {}

  /**
   * With which keys.
   *
   * @param files private keys in the order of their trial
   * @param certificates that are tried with the keys that they certify
   * @param named whether the files were asked for by name; otherwise they are the defaults and a
   *     missing one is nothing to talk about
   * @param only whether keys of the agent that no file names are left out
   */
  public record Keys(
      List<Path> files,
      List<Path> certificates,
      boolean named,
      boolean only,
      Optional<Path> agentSocket) {
    public Keys {
      files = List.copyOf(files);
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * How the host key is judged.
   *
   * @param name under which known_hosts lists the host, without port
   * @param port that belongs to the name; 22, which is not written, for an alias
   * @param files known_hosts files
   * @param remembering the one of them that new keys are written to; none where the user has none
   * @param hashNames whether new entries hide the host's name
   * @param leastRsaBits RSA keys that are shorter are not believed
   */
  public record HostKeys(
      HostKeyPolicy policy,
      String name,
      int port,
      List<Path> files,
      Optional<Path> remembering,
      boolean hashNames,
      int leastRsaBits) {
    public HostKeys {
      files = List.copyOf(files);
    }
  }

  /** What ssh_config says about algorithms, where it does. */
  public record Algorithms(
      Optional<AlgorithmList> keyExchanges,
      Optional<AlgorithmList> ciphers,
      Optional<AlgorithmList> macs,
      Optional<AlgorithmList> hostKeys,
      Optional<AlgorithmList> publicKeys) {}

  /**
   * What holds once connected.
   *
   * @param keepAlive time without traffic after which the peer is asked whether it lives; zero for
   *     never
   * @param unanswered how many such questions may stay without an answer
   * @param environment variables to send before each command
   */
  public record Session(Duration keepAlive, int unanswered, Map<String, String> environment) {
    public Session {
      environment = Map.copyOf(environment);
    }
  }

  /** The hops of a {@code ProxyJump}; none without one. */
  public List<String> jumps() {
    return switch (reach.proxy()) {
      case Proxy.Jumps jumps -> jumps.hops();
      case Proxy.None none -> List.of();
      case Proxy.Command command -> List.of();
    };
  }
}
