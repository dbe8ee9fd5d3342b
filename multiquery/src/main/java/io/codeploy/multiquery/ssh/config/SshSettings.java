package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that {@link MinaConnector} takes from its surroundings; it reads neither environment
 * nor properties itself.
 *
 * @param home directory of the local user; keys and known_hosts are in its {@code .ssh}
 * @param localUser the login when nothing else names one, and {@code %u} in ssh_config
 * @param defaultUser login for nodes whose list entry names none, before ssh_config (MQ_SLICE)
 * @param configFiles ssh_config files, the first value wins; missing ones are fine
 * @param agentSocket socket of ssh-agent (SSH_AUTH_SOCK)
 * @param hostKeys policy that overrides ssh_config; without it ssh_config's {@code
 *     StrictHostKeyChecking} holds where it is yes, no or accept-new, else {@code ACCEPT_NEW}
 * @param identityFiles private keys to use instead of what ssh_config and the defaults name
 * @param ioWorkers threads for the protocol of all sessions; 2 serve hundreds of nodes
 */
public record SshSettings(
    Path home,
    String localUser,
    Optional<String> defaultUser,
    List<Path> configFiles,
    Optional<Path> agentSocket,
    Optional<HostKeyPolicy> hostKeys,
    List<Path> identityFiles,
    int ioWorkers) {
  private static final int DEFAULT_IO_WORKERS = 3;

  public SshSettings {
    Objects.requireNonNull(home, "home is null");
    Objects.requireNonNull(localUser, "localUser is null");
    Objects.requireNonNull(defaultUser, "defaultUser is null");
    Objects.requireNonNull(agentSocket, "agentSocket is null");
    Objects.requireNonNull(hostKeys, "hostKeys is null");
    configFiles = List.copyOf(configFiles);
    identityFiles = List.copyOf(identityFiles);
    if (ioWorkers < 1) {
      throw new IllegalArgumentException("ioWorkers of " + ioWorkers);
    }
  }

  /** The usual files of {@code home} and {@code /etc/ssh}, no agent, no default user. */
  public static SshSettings of(Path home, String localUser) {
    return new SshSettings(
        home,
        localUser,
        Optional.empty(),
        List.of(home.resolve(".ssh/config"), Path.of("/etc/ssh/ssh_config")),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        DEFAULT_IO_WORKERS);
  }

  public SshSettings withDefaultUser(Optional<String> user) {
    return new SshSettings(
        home, localUser, user, configFiles, agentSocket, hostKeys, identityFiles, ioWorkers);
  }

  public SshSettings withConfigFiles(List<Path> files) {
    return new SshSettings(
        home, localUser, defaultUser, files, agentSocket, hostKeys, identityFiles, ioWorkers);
  }

  public SshSettings withAgentSocket(Optional<Path> socket) {
    return new SshSettings(
        home, localUser, defaultUser, configFiles, socket, hostKeys, identityFiles, ioWorkers);
  }

  public SshSettings withHostKeys(HostKeyPolicy policy) {
    return new SshSettings(
        home,
        localUser,
        defaultUser,
        configFiles,
        agentSocket,
        Optional.of(policy),
        identityFiles,
        ioWorkers);
  }

  public SshSettings withIdentityFiles(List<Path> files) {
    return new SshSettings(
        home, localUser, defaultUser, configFiles, agentSocket, hostKeys, files, ioWorkers);
  }

  /** The directory {@code ~/.ssh}. */
  Path sshDirectory() {
    return home.resolve(".ssh");
  }
}
