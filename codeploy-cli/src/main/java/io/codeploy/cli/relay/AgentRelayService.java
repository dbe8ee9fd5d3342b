package io.codeploy.cli.relay;

import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.fleet.FleetLimits;
import io.codeploy.cli.fleet.SshFleet;
import io.codeploy.cli.scan.ListedScan;
import io.codeploy.multicopy.relay.Relay;
import io.codeploy.multicopy.relay.RelayService;
import io.codeploy.multicopy.relay.RelaySettings;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** Relays by the agents of this distribution. */
public final class AgentRelayService implements RelayService {
  /** Of an agent, which gives a sign of life every second; the node can be sent to without it. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** For {@code ServiceLoader}. */
  public AgentRelayService() {}

  @Override
  public Relay open(RelaySettings settings, TimeSource time) throws IOException {
    AgentImages images = AgentImages.in(settings.distribution().resolve("agent"));
    FleetLimits limits = FleetLimits.defaults().withProgress(SILENCE);
    SshFleet fleet = new SshFleet(images, settings.agentDir(), limits, time);
    ListedScan scan = new ListedScan(InstantSource.system(), settings.cacheDir());
    return new AgentRelay(fleet, settings, scan, time);
  }
}
