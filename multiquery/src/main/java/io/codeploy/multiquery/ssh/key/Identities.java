package io.codeploy.multiquery.ssh.key;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Causes;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.call.Once;
import io.codeploy.multiquery.ssh.config.HostSettings;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final Once<Path, KeyFile> files = new Once<>("ssh-keys", KeyFile::read);
  private final ConcurrentMap<Path, UnixAgent> agents = new ConcurrentHashMap<>();
  private final Once<Path, List<PublicKey>> agentKeys =
      new Once<>("ssh-agent", socket -> agent(socket).keys());

  /**
   * The keys to try on a host, in order: files that the agent holds, files, the agent's others.
   *
   * @throws NodeFailedException if there is none; it tells what was looked at
   */
  public Offer offer(HostSettings.Keys keys, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    List<String> remarks = new ArrayList<>();
    List<PublicKey> held = held(keys, deadline, remarks);
    Set<PublicKey> heldByFiles = new LinkedHashSet<>();
    List<KeyPair> pairs = new ArrayList<>();
    for (Path path : keys.files()) {
      switch (load(path, deadline)) {
        case KeyFile.Usable usable -> pairs.addAll(usable.keys());
        case KeyFile.Locked locked -> {
          Optional<PublicKey> match = locked.publicKey().flatMap(key -> find(held, key));
          match.ifPresentOrElse(heldByFiles::add, () -> remarks.add(path + " " + locked.reason()));
        }
        case KeyFile.Missing missing -> {
          if (keys.named()) {
            remarks.add(path + " does not exist");
          }
        }
      }
    }
    List<PublicKey> others = keys.only() ? List.of() : held;
    Offer offer = new Offer(agentOf(keys), heldByFiles, pairs, others, remarks);
    if (offer.isEmpty()) {
      throw new NodeFailedException(new NodeFailure.AuthenticationRejected(nothing(keys, remarks)));
    }
    return offer;
  }

  private static String nothing(HostSettings.Keys keys, List<String> remarks) {
    String looked =
        remarks.isEmpty()
            ? keys.files().stream().map(Path::toString).collect(Collectors.joining(", "))
                + " do not exist"
            : String.join("; ", remarks);
    String agent = keys.agentSocket().isEmpty() ? " and there is no ssh-agent" : "";
    return "no key to log in with: " + looked + agent;
  }

  private List<PublicKey> held(HostSettings.Keys keys, Deadline deadline, List<String> remarks)
      throws NodeFailedException, InterruptedException {
    if (keys.agentSocket().isEmpty()) {
      return List.of();
    }
    Path socket = keys.agentSocket().get();
    try {
      List<PublicKey> held = agentKeys.get(socket, deadline.remainingMillis());
      if (held.isEmpty()) {
        remarks.add("ssh-agent holds no key");
      }
      return held;
    } catch (TimeoutException e) {
      throw deadline.timedOut("authenticate");
    } catch (ExecutionException e) {
      remarks.add("ssh-agent at " + socket + " does not answer: " + Causes.text(e));
      return List.of();
    }
  }

  private KeyFile load(Path path, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      return files.get(path, deadline.remainingMillis());
    } catch (TimeoutException e) {
      throw deadline.timedOut("authenticate");
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading " + path + " broke", e);
    }
  }

  private static Optional<PublicKey> find(List<PublicKey> held, PublicKey key) {
    return held.stream().filter(candidate -> KeyUtils.compareKeys(candidate, key)).findFirst();
  }

  private Optional<UnixAgent> agentOf(HostSettings.Keys keys) {
    return keys.agentSocket().map(this::agent);
  }

  private UnixAgent agent(Path socket) {
    return agents.computeIfAbsent(socket, UnixAgent::new);
  }

  @Override
  public void close() {
    for (Map.Entry<Path, UnixAgent> agent : agents.entrySet()) {
      agent.getValue().close();
    }
  }
}
