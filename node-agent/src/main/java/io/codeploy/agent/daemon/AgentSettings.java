package io.codeploy.agent.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How an agent runs.
 *
 * @param dir the agent directory, absolute
 * @param version of its image, as the state file tells it
 * @param listen address for its cache; the control port is on the loopback address always
 * @param idleOut the agent ends after so long without a request or deployment
 * @param quota of the chunk store
 * @param home where relative remote directories are
 */
public record AgentSettings(
    Path dir, String version, String listen, Duration idleOut, StoreQuota quota, Path home) {
  public AgentSettings {
    Objects.requireNonNull(dir, "dir is null");
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(listen, "listen is null");
    Objects.requireNonNull(idleOut, "idleOut is null");
    Objects.requireNonNull(quota, "quota is null");
    Objects.requireNonNull(home, "home is null");
  }

  /** What no deployment removes: what it is done by, and the keys that let the login in. */
  List<Path> kept() {
    return List.of(dir, home.resolve(".ssh"));
  }

  /** Where the archive lies that the agent's image was unpacked from, if it was kept. */
  Path imageArchive() {
    return dir.resolve("image").resolve(version.replace('/', '_') + ".tar.gz");
  }
}
