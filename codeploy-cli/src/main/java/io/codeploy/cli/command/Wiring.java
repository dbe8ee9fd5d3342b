package io.codeploy.cli.command;

import io.codeploy.cli.deploy.AgentStop;
import io.codeploy.cli.deploy.DeployEngine;
import io.codeploy.cli.deploy.DeployListener;
import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.Pace;
import io.codeploy.cli.deploy.StopResult;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.fleet.FleetLimits;
import io.codeploy.cli.fleet.SshFleet;
import io.codeploy.cli.fleet.Terms;
import io.codeploy.cli.origin.OriginException;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.cli.scan.TreeScan;
import io.codeploy.multiquery.command.EarlySsh;
import io.codeploy.multiquery.command.RunSettings;
import io.codeploy.multiquery.command.SshOptions;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Puts the engines together from their parts; nothing else in this package does. */
final class Wiring implements Engines {
  private final Surroundings surroundings;
  private final EarlySsh early;

  Wiring(Surroundings surroundings, EarlySsh early) {
    this.surroundings = surroundings;
    this.early = early;
  }

  @Override
  public DeployResult deploy(Invocation invocation, DeployListener listener)
      throws ScanException, OriginException, IOException {
    FleetLimits limits = FleetLimits.defaults().withProgress(invocation.progress());
    AgentImages images = images();
    SshFleet fleet =
        new SshFleet(
            images,
            invocation.agentDir(),
            limits,
            Terms.ANY.nice(invocation.nice()),
            TimeSource.system());
    try (Connector connector = connector(invocation.ssh(), invocation.deployment().pace())) {
      connector.prepare(invocation.deployment().nodes());
      return new DeployEngine(
              connector,
              fleet,
              new TreeScan(InstantSource.system()),
              TimeSource.system(),
              new SecureRandom(),
              surroundings.controls().steering())
          .run(invocation.deployment(), listener);
    }
  }

  @Override
  public StopResult stop(StopRequest request) throws IOException {
    AgentImages images = images();
    SshFleet fleet =
        new SshFleet(images, request.agentDir(), FleetLimits.defaults(), TimeSource.system());
    try (Connector connector = connector(request.ssh(), request.pace())) {
      connector.prepare(request.nodes());
      return new AgentStop(connector, fleet, TimeSource.system())
          .run(request.nodes(), request.pace());
    }
  }

  private AgentImages images() throws IOException {
    return AgentImages.in(surroundings.distribution().resolve("agent"));
  }

  private Connector connector(SshOptions ssh, Pace pace) throws IOException {
    TimeSource time = TimeSource.system();
    Connector once = early.connectors(surroundings, time).open(ssh, List.of());
    return RunSettings.persistent(once, pace.retries(), time, surroundings);
  }
}
