package io.codeploy.chunkcache.swarm;

/**
 * A fleet and what it is to get. Rates are in Mbit/s.
 *
 * @param originRate of the origin's uplink
 */
record FleetCase(
    String name,
    int nodes,
    int chunks,
    double originRate,
    Troubles troubles,
    Sites sites,
    Scale scale,
    long seed) {

  /** Of a slow node's links, beside others'. */
  static final double SLOW = 0.1;

  /** Of the uplink of a node that crawls, beside others'. */
  static final double CRAWLING = 0.01;

  /**
   * Shares of all nodes.
   *
   * @param slow has slow links
   * @param dead dies
   * @param liars sends wrong bytes
   * @param crawling gets all as fast as others, and hardly sends any of it on
   * @param death how it dies
   */
  record Troubles(double slow, double dead, double liars, double crawling, Death death) {
    static final Troubles NONE = new Troubles(0, 0, 0);

    Troubles(double slow, double dead, double liars) {
      this(slow, dead, liars, 0);
    }

    Troubles(double slow, double dead, double liars, double crawling) {
      this(slow, dead, liars, crawling, Death.HALFWAY);
    }

    Troubles dying(Death other) {
      return new Troubles(slow, dead, liars, crawling, other);
    }
  }

  /**
   * When and how nodes die.
   *
   * @param bounds after so many bounds
   * @param silent nothing of the host answers any more; else its system refuses connections
   */
  record Death(double bounds, boolean silent) {
    static final Death HALFWAY = new Death(0.5, false);
  }

  /**
   * How large and how fast all is.
   *
   * @param chunkBytes of each chunk
   * @param rate of a node's uplink, and of its downlink
   */
  record Scale(int chunkBytes, double rate) {
    static final Scale DEFAULT = new Scale(512 << 10, 20);
  }

  /**
   * Where nodes are.
   *
   * @param count of sites of equal size; 0 where all are in one place
   * @param rate of the link between a site and the others
   */
  record Sites(int count, double rate) {
    static final Sites NONE = new Sites(0, 0);
  }

  /** Nodes alike, in one place, and an origin with an uplink like theirs. */
  static FleetCase plain(int nodes, int chunks) {
    return plain(nodes, chunks, Scale.DEFAULT);
  }

  static FleetCase plain(int nodes, int chunks, Scale scale) {
    return new FleetCase(
        nodes + " nodes", nodes, chunks, scale.rate(), Troubles.NONE, Sites.NONE, scale, 1);
  }

  FleetCase called(String newName) {
    return new FleetCase(newName, nodes, chunks, originRate, troubles, sites, scale, seed);
  }

  FleetCase withOrigin(double newRate) {
    return new FleetCase(name, nodes, chunks, newRate, troubles, sites, scale, seed);
  }

  FleetCase with(Troubles newTroubles) {
    return new FleetCase(name, nodes, chunks, originRate, newTroubles, sites, scale, seed);
  }

  FleetCase with(Sites newSites) {
    return new FleetCase(name, nodes, chunks, originRate, troubles, newSites, scale, seed);
  }

  FleetCase withSeed(long newSeed) {
    return new FleetCase(name, nodes, chunks, originRate, troubles, sites, scale, newSeed);
  }

  double bytes() {
    return (double) chunks * scale.chunkBytes();
  }

  /**
   * Seconds that no way of distribution can do without (Kumar and Ross, 2006): the origin sends all
   * once, a healthy node receives all, and all uplinks together send it to everybody.
   */
  double boundSeconds() {
    double lost = troubles.slow() * (1 - SLOW) + troubles.crawling() * (1 - CRAWLING);
    double uplinks = originRate + nodes * scale.rate() * (1 - lost);
    return Math.max(
        Math.max(seconds(1, originRate), seconds(1, scale.rate())), seconds(nodes, uplinks));
  }

  private double seconds(double copies, double rate) {
    return copies * bytes() * 8 / (rate * 1e6);
  }
}
