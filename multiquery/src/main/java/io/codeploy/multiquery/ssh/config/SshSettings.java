package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that connecting over SSH takes from its surroundings; environment and properties are
 * not read anywhere else.
 *
 * @param local who connects
 * @param defaultUser login for nodes whose list entry names none, before ssh_config (MQ_SLICE)
 * @param configFiles ssh_config files, the first value wins; missing ones are fine
 * @param hostKeys policy that overrides ssh_config; without it ssh_config's {@code
 *     StrictHostKeyChecking} holds where it is yes, no or accept-new, else {@code ACCEPT_NEW}
 * @param identityFiles private keys to use instead of what ssh_config and the defaults name
 * @param person who is asked for passphrases and told what is worth knowing
 */
public record SshSettings(
    LocalUser local,
    Optional<String> defaultUser,
    List<Path> configFiles,
    Optional<HostKeyPolicy> hostKeys,
    List<Path> identityFiles,
    Person person) {
  private static final String AGENT = "SSH_AUTH_SOCK";

  /**
   * The user on this machine.
   *
   * @param name the login when nothing else names one, and {@code %u} in ssh_config
   * @param home keys and known_hosts are in its {@code .ssh}
   * @param environment for {@code SendEnv}, {@code ${VARIABLE}} and commands that ssh_config names
   */
  public record LocalUser(String name, Path home, Map<String, String> environment) {
    public LocalUser {
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(home, "home is null");
      environment = Map.copyOf(environment);
    }

    /** What runs commands that ssh_config names: {@code SHELL}. */
    String shell() {
      return Optional.ofNullable(environment.get("SHELL"))
          .filter(shell -> !shell.isEmpty())
          .orElse("/bin/sh");
    }
  }

  public SshSettings {
    Objects.requireNonNull(local, "local is null");
    Objects.requireNonNull(defaultUser, "defaultUser is null");
    Objects.requireNonNull(hostKeys, "hostKeys is null");
    Objects.requireNonNull(person, "person is null");
    configFiles = List.copyOf(configFiles);
    identityFiles = List.copyOf(identityFiles);
  }

  /** The usual files of {@code home} and {@code /etc/ssh}, no environment, nobody to ask. */
  public static SshSettings of(Path home, String localUser) {
    return new SshSettings(
        new LocalUser(localUser, home, Map.of()),
        Optional.empty(),
        List.of(home.resolve(".ssh/config"), Path.of("/etc/ssh/ssh_config")),
        Optional.empty(),
        List.of(),
        Person.NOBODY);
  }

  public SshSettings withDefaultUser(Optional<String> user) {
    return new SshSettings(local, user, configFiles, hostKeys, identityFiles, person);
  }

  public SshSettings withConfigFiles(List<Path> files) {
    return new SshSettings(local, defaultUser, files, hostKeys, identityFiles, person);
  }

  public SshSettings withEnvironment(Map<String, String> environment) {
    LocalUser with = new LocalUser(local.name(), local.home(), environment);
    return new SshSettings(with, defaultUser, configFiles, hostKeys, identityFiles, person);
  }

  /** As if {@code SSH_AUTH_SOCK} named {@code socket}. */
  public SshSettings withAgentSocket(Optional<Path> socket) {
    Map<String, String> environment = new HashMap<>(local.environment());
    environment.remove(AGENT);
    socket.ifPresent(path -> environment.put(AGENT, path.toString()));
    return withEnvironment(environment);
  }

  public SshSettings withHostKeys(HostKeyPolicy policy) {
    return new SshSettings(
        local, defaultUser, configFiles, Optional.of(policy), identityFiles, person);
  }

  public SshSettings withIdentityFiles(List<Path> files) {
    return new SshSettings(local, defaultUser, configFiles, hostKeys, files, person);
  }

  public SshSettings withPerson(Person somebody) {
    return new SshSettings(local, defaultUser, configFiles, hostKeys, identityFiles, somebody);
  }

  Path home() {
    return local.home();
  }

  /** The directory {@code ~/.ssh}. */
  Path sshDirectory() {
    return home().resolve(".ssh");
  }

  /** The socket of ssh-agent. */
  Optional<Path> agentSocket() {
    return Optional.ofNullable(local.environment().get(AGENT))
        .filter(path -> !path.isBlank())
        .map(Path::of);
  }
}
