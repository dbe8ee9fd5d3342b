package io.codeploy.cli.relay;

import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.SshFleet;
import io.codeploy.cli.fleet.Terms;
import io.codeploy.cli.scan.ListedScan;
import io.codeploy.multicopy.relay.Cargo;
import io.codeploy.multicopy.relay.Consignment;
import io.codeploy.multicopy.relay.Relay;
import io.codeploy.multicopy.relay.RelayException;
import io.codeploy.multicopy.relay.RelaySettings;
import io.codeploy.multicopy.source.MadeOnce;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** Carries by agents: those of all nodes that get the same are a swarm. */
final class AgentRelay implements Relay {
  private static final Pattern ADVICE = Pattern.compile("; [^;]*deploy again.*", Pattern.DOTALL);

  private final SshFleet fleet;
  private final RelaySettings settings;
  private final SecureRandom random = new SecureRandom();
  private final MadeOnce<Cargo, CargoSwarm> swarms;

  AgentRelay(SshFleet fleet, RelaySettings settings, ListedScan scan, TimeSource time) {
    this.fleet = fleet;
    this.settings = settings;
    this.swarms =
        new MadeOnce<>(cargo -> new CargoSwarm(CargoManifest.of(cargo, scan), random, time), time);
  }

  @Override
  public void carry(Consignment consignment) throws RelayException, InterruptedException {
    try {
      AgentLink agent = fleet.agent(consignment.connection(), terms(consignment.bytes()));
      swarm(consignment.cargo()).carry(consignment, agent);
    } catch (NodeFailedException e) {
      throw because(e.failure().message(), e);
    } catch (IOException e) {
      throw because(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whoever wrote the reason advises who deploys; here the node is sent to without more ado. */
  static RelayException because(String reason, Throwable cause) {
    return new RelayException(ADVICE.matcher(reason).replaceFirst(""), cause);
  }

  @Override
  public long bytesSent() {
    return swarms.made().mapToLong(CargoSwarm::bytesSent).sum();
  }

  @Override
  public void close() {
    swarms.made().forEach(CargoSwarm::close);
  }

  /** Made by the first who needs it; the others wait. */
  private CargoSwarm swarm(Cargo cargo) throws RelayException, InterruptedException {
    try {
      return swarms.get(cargo);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      if (cause instanceof RuntimeException bug) {
        throw bug;
      }
      throw because(String.valueOf(cause.getMessage()), e);
    }
  }

  /**
   * An agent that is larger than what it is to bring is not worth its way, nor one that takes the
   * room from it.
   */
  private Terms terms(long bytes) {
    Optional<Duration> idleOut = Optional.of(settings.idleOut());
    return switch (settings.agents()) {
      case RUNNING -> new Terms(false, 0, 0, idleOut, 0);
      case START -> new Terms(true, 0, 0, idleOut, 0);
      case INSTALL -> new Terms(true, bytes, bytes, idleOut, 0);
    };
  }
}
