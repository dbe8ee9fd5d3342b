package io.codeploy.multiquery.command;

import io.codeploy.multiquery.ssh.config.SshSettings;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a command takes from its process, read once, by {@link Program}.
 *
 * @param environment the environment variables
 * @param home directory of the user
 * @param userName of the local user
 * @param temporary directory for temporary files
 * @param distribution directory that holds bin/, lib/ and agent/; empty where not packaged
 * @param version of the distribution
 * @param random chance
 * @param in standard input, read only where an option asks for it
 * @param out for results
 * @param err for everything else
 * @param controls what the process allows, and who steers it
 */
public record Surroundings(
    Map<String, String> environment,
    Path home,
    String userName,
    Path temporary,
    Path distribution,
    String version,
    RandomGenerator random,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Controls controls) {
  public Surroundings {
    environment = Map.copyOf(environment);
    Objects.requireNonNull(home, "home is null");
    Objects.requireNonNull(userName, "userName is null");
    Objects.requireNonNull(temporary, "temporary is null");
    Objects.requireNonNull(distribution, "distribution is null");
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(random, "random is null");
    Objects.requireNonNull(in, "in is null");
    Objects.requireNonNull(out, "out is null");
    Objects.requireNonNull(err, "err is null");
    Objects.requireNonNull(controls, "controls is null");
  }

  /** An environment variable that is set and not blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** How to connect from here: the user's ssh_config, keys, agent and known hosts. */
  public SshSettings ssh(Optional<String> slice) {
    return SshSettings.of(home, userName)
        .withDefaultUser(slice)
        .withEnvironment(environment)
        .withPerson(new TerminalPerson(err));
  }

  /** Where what can be made again is kept. The XDG specification has relative paths ignored. */
  public Path cacheDirectory() {
    return variable("XDG_CACHE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".cache"))
        .resolve("codeploy");
  }
}
