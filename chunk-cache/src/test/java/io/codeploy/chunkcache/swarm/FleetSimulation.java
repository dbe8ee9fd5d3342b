package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import io.codeploy.chunkcache.swarm.LinkNetwork.Host;
import io.codeploy.chunkcache.swarm.LinkNetwork.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A deployment to a fleet in virtual time: the policy that agents run, over links with rates. One
 * seed, one outcome.
 */
final class FleetSimulation {
  private static final Duration LIMIT = Duration.ofHours(2);

  /** Bytes per nanosecond of a Mbit/s. */
  private static final double MEGABIT = 1e6 / 8 / 1e9;

  private final FleetCase fleet;
  private final SimulatedTime time = new SimulatedTime();
  private final List<Site> sites;
  private final List<Host> hosts;
  private final LinkNetwork network;
  private final SimulatedSwarm swarm;

  private FleetSimulation(FleetCase fleet) {
    this.fleet = fleet;
    this.sites =
        IntStream.range(0, fleet.sites().count())
            .mapToObj(i -> Site.of(fleet.sites().rate() * MEGABIT))
            .toList();
    this.hosts = IntStream.range(0, fleet.nodes()).mapToObj(this::host).toList();
    this.network =
        new LinkNetwork(time, fleet.scale().chunkBytes(), fleet.originRate() * MEGABIT, hosts);
    List<Peer> peers = IntStream.range(0, fleet.nodes()).mapToObj(this::peer).toList();
    this.swarm =
        new SimulatedSwarm(
            new Roster("fleet " + fleet.seed(), peers),
            fleet.chunks(),
            fleet.scale().chunkBytes(),
            time,
            swarm -> network,
            fleet.seed());
  }

  static FleetOutcome run(FleetCase fleet) {
    return new FleetSimulation(fleet).run();
  }

  private Host host(int rank) {
    double rate = fleet.scale().rate() * MEGABIT * (slow(rank) ? FleetCase.SLOW : 1);
    Optional<Site> site = sites.isEmpty() ? Optional.empty() : Optional.of(sites.get(site(rank)));
    return Host.of(crawls(rank) ? rate * FleetCase.CRAWLING : rate, rate, site);
  }

  private Peer peer(int rank) {
    Optional<String> site = sites.isEmpty() ? Optional.empty() : Optional.of("s" + site(rank));
    return new Peer(rank, "n" + rank, "127.0.0.1", 1, site, true);
  }

  private int site(int rank) {
    return rank % fleet.sites().count();
  }

  /** The kinds of troubled nodes are at different places of a period. */
  private boolean slow(int rank) {
    return chosen(rank, fleet.troubles().slow());
  }

  private boolean crawls(int rank) {
    return chosen(rank + 5, fleet.troubles().crawling());
  }

  private boolean dies(int rank) {
    return chosen(rank + 3, fleet.troubles().dead());
  }

  private boolean lies(int rank) {
    return chosen(rank + 7, fleet.troubles().liars());
  }

  private static boolean chosen(int place, double share) {
    return (long) ((place + 1) * share) > (long) (place * share);
  }

  private FleetOutcome run() {
    FleetCase.Death death = fleet.troubles().death();
    Duration end = Duration.ofMillis((long) (fleet.boundSeconds() * 1000 * death.bounds()));
    for (SimulatedSwarm.Node node : swarm.nodes) {
      node.lies = lies(node.rank);
      Duration start = Duration.ofMillis(swarm.random.nextInt(500));
      swarm.at(start, () -> swarm.wantEverything(node));
      swarm.at(start, () -> swarm.startTicking(node));
      if (dies(node.rank)) {
        swarm.at(end, () -> swarm.kill(node, death.silent()));
      }
    }
    swarm.run(LIMIT);
    return outcome();
  }

  private FleetOutcome outcome() {
    List<Double> seconds = new ArrayList<>();
    int incomplete = 0;
    double control = 0;
    for (SimulatedSwarm.Node node : swarm.nodes) {
      control += node.controlBytes;
      boolean complete = node.has.cardinality() == fleet.chunks();
      if (node.alive && !complete) {
        incomplete++;
      } else if (node.alive && !slow(node.rank)) {
        seconds.add(node.completed.orElseThrow().toMillis() / 1e3);
      }
    }
    seconds.sort(null);
    double size = fleet.bytes();
    double crossed = sites.stream().mapToDouble(site -> site.in().carried()).sum();
    return new FleetOutcome(
        fleet,
        List.copyOf(seconds),
        incomplete,
        network.fromOrigin() / size,
        sites.isEmpty() ? 0 : crossed / size / sites.size(),
        control / fleet.nodes() / size);
  }
}
