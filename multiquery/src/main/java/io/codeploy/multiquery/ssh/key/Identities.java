package io.codeploy.multiquery.ssh.key;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.call.Once;
import io.codeploy.multiquery.ssh.config.HostSettings;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;

/**
 * The keys of a run: files are read once, agents are asked once for their list. Safe for use by
 * many threads.
 */
public final class Identities implements AutoCloseable {
  /** For listing keys, for which an agent asks nobody. */
  private static final Duration AGENT_PATIENCE = Duration.ofSeconds(10);

  private final Duration agentPatience;
  private final Set<Path> silent = ConcurrentHashMap.newKeySet();
  private final Once<Path, KeyFile> files = new Once<>("ssh-keys", KeyFileReader::read);
  private final ConcurrentMap<Path, KeyFile.Usable> opened = new ConcurrentHashMap<>();
  private final ConcurrentMap<Path, UnixAgent> agents = new ConcurrentHashMap<>();
  private final Once<Path, List<PublicKey>> agentKeys =
      new Once<>("ssh-agent", socket -> agent(socket).keys());

  public Identities() {
    this(AGENT_PATIENCE);
  }

  Identities(Duration agentPatience) {
    this.agentPatience = agentPatience;
  }

  /**
   * The keys to try on a host, in order: files that the agent holds, files, the agent's others.
   *
   * @throws NodeFailedException if there is none; it tells what was looked at
   */
  public Offer offer(HostSettings.Keys keys, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    List<String> remarks = new ArrayList<>();
    List<PublicKey> held = held(keys, deadline, remarks);
    List<PublicKey> certificates =
        keys.certificates().stream().map(PublicKeys::read).flatMap(Optional::stream).toList();
    List<AgentKey> heldByFiles = new ArrayList<>();
    List<KeyPair> pairs = new ArrayList<>();
    for (Path path : keys.files()) {
      switch (file(path, deadline)) {
        case KeyFile.Usable usable -> pairs.addAll(usable.keys());
        case KeyFile.ForAgent closed ->
            find(held, closed.publicKey())
                .ifPresentOrElse(
                    key -> heldByFiles.addAll(shown(key, path, certificates)),
                    () -> remarks.add(path + " " + closed.reason()));
        case KeyFile.Broken broken -> remarks.add(path + " " + broken.reason());
        case KeyFile.Missing missing -> {
          if (keys.named()) {
            remarks.add(path + " does not exist");
          }
        }
      }
    }
    List<AgentKey> others =
        held.stream().flatMap(key -> AgentKey.of(key, certificates).stream()).toList();
    Offer offer =
        new Offer(
            keys.agentSocket().map(this::agent),
            heldByFiles,
            PublicKeys.withCertificates(certificates, pairs),
            keys.only() ? List.of() : others,
            remarks);
    if (offer.isEmpty()) {
      throw new NodeFailedException(new NodeFailure.AuthenticationRejected(nothing(keys, remarks)));
    }
    return offer;
  }

  /** Ways to show a key that the agent holds; a certificate may lie beside its file, too. */
  private static List<AgentKey> shown(PublicKey key, Path file, List<PublicKey> certificates) {
    List<PublicKey> all = new ArrayList<>(certificates);
    PublicKeys.beside(file, "-cert.pub").ifPresent(all::add);
    return AgentKey.of(key, all);
  }

  private static String nothing(HostSettings.Keys keys, List<String> remarks) {
    String looked =
        remarks.isEmpty()
            ? keys.files().stream().map(Path::toString).collect(Collectors.joining(", "))
                + " do not exist"
            : String.join("; ", remarks);
    String agent = keys.agentSocket().isEmpty() ? "there is no ssh-agent; " : "";
    return "no key to log in with: " + agent + looked;
  }

  /** The keys of the agent; none, with a remark, where it does not answer. */
  List<PublicKey> held(HostSettings.Keys keys, Deadline deadline, List<String> remarks)
      throws NodeFailedException, InterruptedException {
    if (keys.agentSocket().isEmpty()) {
      return List.of();
    }
    Path socket = keys.agentSocket().get();
    if (silent.contains(socket)) {
      remarks.add("ssh-agent at " + socket + " does not answer");
      return List.of();
    }
    Deadline patience = deadline.cappedBy(agentPatience);
    try {
      List<PublicKey> held = agentKeys.get(socket, patience.remainingMillis());
      if (held.isEmpty()) {
        remarks.add("ssh-agent holds no key");
      }
      return held;
    } catch (TimeoutException e) {
      if (deadline.passed()) {
        throw deadline.timedOut("authenticate");
      }
      // Said once, and not waited for again: files may do.
      silent.add(socket);
      return held(keys, deadline, remarks);
    } catch (ExecutionException e) {
      remarks.add("ssh-agent at " + socket + " does not answer: " + Causes.text(e));
      return List.of();
    }
  }

  /** What is in a file, once it is opened the open key. */
  KeyFile file(Path path, Deadline deadline) throws NodeFailedException, InterruptedException {
    KeyFile.Usable open = opened.get(path);
    if (open != null) {
      return open;
    }
    try {
      return files.get(path, deadline.remainingMillis());
    } catch (TimeoutException e) {
      throw deadline.timedOut("authenticate");
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading " + path + " broke", e);
    }
  }

  /** From now on the key in its file is this one. */
  void open(KeyFile.Usable key) {
    opened.put(key.file(), key);
  }

  static Optional<PublicKey> find(List<PublicKey> held, Optional<PublicKey> key) {
    return key.flatMap(
        wanted -> held.stream().filter(one -> KeyUtils.compareKeys(one, wanted)).findFirst());
  }

  private UnixAgent agent(Path socket) {
    return agents.computeIfAbsent(socket, UnixAgent::new);
  }

  @Override
  public void close() {
    agents.values().forEach(UnixAgent::close);
  }
}
