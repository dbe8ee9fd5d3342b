package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.deploy.DeployEvent.TreeScanned;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.cli.origin.OriginException;
import io.codeploy.cli.scan.DeployedManifest;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.cli.scan.ScanStats;
import io.codeploy.cli.scan.ScannedTree;
import io.codeploy.cli.scan.TreeScan;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.Steering;
import io.codeploy.multiquery.fanout.TimeSource;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Puts a tree on nodes. Used for one run at a time. */
public final class DeployEngine {
  /** Of the patterns that every node is told, in characters. */
  private static final int MAX_SPARED = 64 << 10;

  private final Connector connector;
  private final Fleet fleet;
  private final TreeScan treeScan;
  private final TimeSource time;
  private final SecureRandom random;
  private final Steering steering;

  /**
   * @param steering of how many nodes get agents at once, while a run is under way
   */
  public DeployEngine(
      Connector connector,
      Fleet fleet,
      TreeScan treeScan,
      TimeSource time,
      SecureRandom random,
      Steering steering) {
    this.connector = connector;
    this.fleet = fleet;
    this.treeScan = treeScan;
    this.time = time;
    this.random = random;
    this.steering = steering;
  }

  /**
   * Runs to the end. An interruption of the calling thread stops the run: nodes that are not done
   * are reported as not run, what was offered on a web server is removed, and the result says so.
   *
   * @param listener called by a thread of this run, one call at a time, until this returns
   * @throws ScanException if the tree cannot be deployed; no node was touched
   * @throws OriginException if the content cannot be offered to nodes
   */
  public DeployResult run(Deployment deployment, DeployListener listener)
      throws ScanException, OriginException {
    try (SerialListener events = new SerialListener(listener)) {
      Run run = new Run(deployment.nodes(), events, time, steering);
      try {
        return deploy(deployment, run);
      } catch (InterruptedException e) {
        return result(run, new TreeSize(0, 0, 0), new Traffic(0, 0, 0, 0), 0, true);
      }
    }
  }

  private DeployResult deploy(Deployment deployment, Run run)
      throws ScanException, OriginException, InterruptedException {
    ScannedTree tree =
        run.<ScannedTree, ScanException>phase(Phase.SCAN, 0, () -> scan(deployment, run));
    Credentials credentials =
        Credentials.issue(tree.encodedManifest(), BearerToken.random(random), random);
    Conversation conversation = new Conversation(fleet, run);
    try (OriginAccess origin =
            OriginAccess.prepare(deployment, tree, credentials.token(), conversation, run);
        Gathering gathering = new Gathering(connector, fleet)) {
      Push push = new Push(credentials, deployment, tree, conversation, run);
      NearSites sites = new NearSites(conversation, deployment.pace(), run, random);
      drive(deployment, gathering, sites, origin, push, run);
      tellChanged(tree.chunks().changed(), run);
      if (run.anySucceeded()) {
        new DeployedManifest(deployment.source().cacheDir(), tree.dir())
            .trySave(tree.encodedManifest().whole());
      }
      // Cleared, so that closing is not cut short; the result tells of it.
      boolean interrupted = Thread.interrupted();
      Traffic traffic = push.traffic();
      long originBytes = origin.embeddedBytes().orElse(traffic.fromOrigin());
      return result(run, size(tree.stats()), traffic, originBytes, interrupted);
    }
  }

  private static void drive(
      Deployment deployment,
      Gathering gathering,
      NearSites sites,
      OriginAccess origin,
      Push push,
      Run run)
      throws OriginException, InterruptedException {
    Pace pace = deployment.pace();
    List<Member> members =
        run.phase(
            Phase.AGENTS,
            deployment.nodes().size(),
            () -> gathering.gather(deployment.nodes(), pace, run));
    if (members.isEmpty() || Thread.currentThread().isInterrupted()) {
      return;
    }
    List<Reachable> reachable =
        run.<List<Reachable>, OriginException>phase(
            Phase.ORIGIN, members.size(), () -> find(origin, sites.place(members), run));
    if (reachable.isEmpty() || Thread.currentThread().isInterrupted()) {
      return;
    }
    run.phase(
        Phase.TRANSFER,
        reachable.size(),
        () -> {
          push.push(reachable);
          return reachable;
        });
  }

  private static List<Reachable> find(OriginAccess origin, List<Member> members, Run run)
      throws OriginException {
    List<Reachable> found = members.isEmpty() ? List.of() : origin.find(members);
    found.stream()
        .filter(Reachable::access)
        .forEach(one -> run.tell(new NodePassed(one.member().node(), Phase.ORIGIN)));
    return found;
  }

  private ScannedTree scan(Deployment deployment, Run run)
      throws ScanException, InterruptedException {
    ScannedTree tree = treeScan.scan(deployment.source());
    tree.warnings().forEach(warning -> run.tell(new Noted(warning)));
    run.tell(new TreeScanned(size(tree.stats())));
    if (deployment.options().delete()) {
      checkDeletion(deployment, tree);
    }
    return tree;
  }

  private static void checkDeletion(Deployment deployment, ScannedTree tree) throws ScanException {
    if (tree.manifest().entries().isEmpty()) {
      // A disk that is not mounted looks just like this.
      throw new ScanException(
          "there is nothing in %s: --delete would empty %s on every node; if that is meant, use multiquery"
              .formatted(tree.dir(), deployment.remoteDir()));
    }
    int patterns =
        tree.leftOut().stream()
            .mapToInt(one -> one.below().length() + one.patterns().length())
            .sum();
    if (patterns > MAX_SPARED) {
      // Every node gets them, over SSH.
      throw new ScanException(
          "--delete spares on nodes what is excluded, and the patterns that say so have %,d characters, at most %,d; put them more briefly"
              .formatted(patterns, MAX_SPARED));
    }
  }

  /** Nodes only know that this machine no longer has what they were told of. */
  private static void tellChanged(Set<RelativePath> changed, Run run) {
    int more = changed.size() - 1;
    changed.stream()
        .min(Comparator.naturalOrder())
        .ifPresent(
            first ->
                run.tell(
                    new Noted(
                        "%s%s changed while it was deployed; run codeploy again"
                            .formatted(first, more == 0 ? "" : " (and " + more + " more)"))));
  }

  private static TreeSize size(ScanStats stats) {
    return new TreeSize(stats.files(), stats.contentBytes(), stats.transportedBytes());
  }

  private static DeployResult result(
      Run run, TreeSize tree, Traffic traffic, long originBytes, boolean interrupted) {
    return new DeployResult(
        run.results(), tree, traffic, originBytes, run.time().since(run.startNanos()), interrupted);
  }
}
