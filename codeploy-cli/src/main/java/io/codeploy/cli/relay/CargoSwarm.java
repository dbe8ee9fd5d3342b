package io.codeploy.cli.relay;

import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.cli.deploy.Credentials;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.multicopy.relay.Consignment;
import io.codeploy.multicopy.relay.RelayException;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The deployment that carries one cargo. Safe for use by many threads. */
final class CargoSwarm implements AutoCloseable {
  private final CargoManifest manifest;
  private final Credentials credentials;
  private final RelayOrigins origins;
  private final Muster<Carrier> muster;

  CargoSwarm(CargoManifest manifest, SecureRandom random, TimeSource time) {
    this.manifest = manifest;
    this.credentials =
        Credentials.issue(manifest.scanned().encoded(), BearerToken.random(random), random);
    this.origins = new RelayOrigins(manifest.scanned().chunks(), credentials.token(), time);
    this.muster = new Muster<>(time);
  }

  /**
   * Brings {@code consignment} to its node. Blocks.
   *
   * @throws RelayException if it could not be brought as a whole
   */
  void carry(Consignment consignment, AgentLink agent)
      throws RelayException, IOException, InterruptedException {
    Connection connection = consignment.connection();
    Optional<ChunkServer> origin = origins.find(connection, agent);
    Carrier carrier =
        new Carrier(
            connection.node(), agent, origin.orElse(new ChunkServer("")), origin.isPresent());
    int own = muster.enter(carrier);
    consignment.place().settle();
    Muster.Roll<Carrier> roll = muster.await(own, consignment.cargo()::awaitAll);
    if (roll.members().stream().noneMatch(Carrier::access)) {
      throw new RelayException("no node reaches this machine, directly or through SSH forwarding");
    }
    Report report = agent.deploy(request(consignment, roll), progress -> {});
    if (!report.errors().isEmpty()) {
      throw new NodeFailedException(new NodeFailure.RemoteFailure(report.errors().getFirst()));
    }
  }

  long bytesSent() {
    return origins.bytesSent();
  }

  @Override
  public void close() {
    origins.close();
  }

  private DeployRequest request(Consignment consignment, Muster.Roll<Carrier> roll)
      throws RelayException {
    List<Peer> peers = new ArrayList<>();
    for (Carrier member : roll.members()) {
      peers.add(member.peer(peers.size()));
    }
    Extent.Part part;
    try {
      part = manifest.part(consignment.parcels());
    } catch (ScanException e) {
      throw new RelayException(String.valueOf(e.getMessage()), e);
    }
    return new DeployRequest(
        credentials.deployment(),
        credentials.token().hex(),
        roll.own(),
        peers,
        consignment.directory(),
        credentials.signedRoot(),
        credentials.publicKey(),
        credentials.manifest(),
        roll.members().get(roll.own()).origin(),
        new DeployOptions(false, false),
        part);
  }
}
