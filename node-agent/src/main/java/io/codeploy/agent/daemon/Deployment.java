package io.codeploy.agent.daemon;

import io.codeploy.agent.apply.Application;
import io.codeploy.agent.apply.Applied;
import io.codeploy.agent.apply.Content;
import io.codeploy.agent.apply.ContentOnDisk;
import io.codeploy.agent.apply.Durability;
import io.codeploy.agent.apply.ProgressMeter;
import io.codeploy.agent.apply.RemoteRoot;
import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Phase;
import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.plan.DeploymentRecords;
import io.codeploy.agent.plan.IoProblem;
import io.codeploy.agent.plan.ManifestPart;
import io.codeploy.agent.plan.Plan;
import io.codeploy.agent.plan.Planner;
import io.codeploy.agent.plan.RemoteDir;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.DeltaRef;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestRoot;
import io.codeploy.chunkcache.manifest.SignedRoot;
import io.codeploy.chunkcache.manifest.WholeManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One deployment on this node, from the signed root to the record of it. Runs on one thread; others
 * follow its {@link #events}.
 */
final class Deployment {
  private static final System.Logger LOG = System.getLogger(Deployment.class.getName());

  private final DeployRequest request;
  private final RemoteDir dir;
  private final Member member;
  private final Proxies proxies;
  private final DeploymentRecords records;
  private final List<Path> kept;

  /** Few: starts of phases and the report. */
  private final BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();

  /** Opened once nobody follows any more. */
  private final CountDownLatch abandoned = new CountDownLatch(1);

  private final ProgressMeter progress = new ProgressMeter(events::add);

  /** Written and read by the deployment's thread. */
  private Optional<Digest> active = Optional.empty();

  Deployment(
      DeployRequest request,
      RemoteDir dir,
      Member member,
      Proxies proxies,
      DeploymentRecords records,
      List<Path> kept) {
    this.request = request;
    this.dir = dir;
    this.member = member;
    this.proxies = proxies;
    this.records = records;
    this.kept = kept;
  }

  DeployRequest request() {
    return request;
  }

  RemoteDir dir() {
    return dir;
  }

  Member member() {
    return member;
  }

  /** Starts of phases, then the report. */
  BlockingQueue<AgentEvent> events() {
    return events;
  }

  /** How far it is now. */
  AgentEvent progress() {
    return progress.event();
  }

  /** Its controller is gone: it goes on, but makes way for another to the same directory. */
  void abandon() {
    abandoned.countDown();
  }

  /** Whether it is abandoned, now or within {@code patience}. */
  boolean awaitAbandoned(Duration patience) throws InterruptedException {
    return abandoned.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The manifest of the tree that the remote directory has from now on; of a part, none. */
  Optional<Digest> active() {
    return active;
  }

  /** Whoever follows gets the report, and may come again at once. */
  void end(Report report) {
    events.add(report);
  }

  /** Does it all and comes back with a report, whatever happens. */
  Report run() {
    try {
      Applied applied = deploy();
      return new Report(applied.counts(), member.traffic(), applied.errors());
    } catch (IOException e) {
      return Thread.currentThread().isInterrupted() ? stopped() : failed(line(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stopped();
    } catch (RuntimeException | Error e) {
      // Errors, too: whoever follows waits for a report.
      LOG.log(System.Logger.Level.ERROR, "deployment to " + dir.path(), e);
      return failed("internal error: " + e + "; see agent.log on the node");
    }
  }

  private Applied deploy() throws IOException, InterruptedException {
    progress.begin(Phase.MANIFEST, 0);
    ManifestRoot root =
        SignedRoot.verify(decode(request.signedRoot()), decode(request.publicKey()));
    List<byte[]> manifest = new ArrayList<>();
    for (String chunk : request.manifest()) {
      manifest.add(decode(chunk));
    }
    member.hold(root.chunks());
    member.keep(root, manifest);
    return switch (request.extent()) {
      case Extent.Whole whole -> whole(root, whole);
      case Extent.Part part -> part(root, part);
    };
  }

  private static Optional<DeltaRef> delta(Extent.Whole whole) throws IOException {
    return whole.delta().isEmpty()
        ? Optional.empty()
        : Optional.of(DeltaRef.decode(decode(whole.delta().get())));
  }

  private Applied whole(ManifestRoot root, Extent.Whole extent)
      throws IOException, InterruptedException {
    Optional<DeltaRef> delta = delta(extent);
    // Before anything is changed: a port that is taken is nothing that a deployment mends.
    proxies.set(dir.root(), request);
    delta.ifPresent(ref -> member.hold(List.of(ref.chunk())));
    Optional<WholeManifest> last = records.last(dir.path());
    Arrival arrival = new ManifestFetch(member.swarm(), root, delta).get(last);
    member.know(arrival.manifest());
    RemoteRoot.make(dir.root(), extent.mode());
    Applied applied = apply(arrival, last.map(WholeManifest::manifest), Durability.FORCED);
    boolean recorded = last.map(record -> record.digest().equals(root.manifest())).orElse(false);
    if (applied.errors().isEmpty()) {
      active = Optional.of(root.manifest());
      if (!recorded) {
        records.save(dir.path(), arrival.whole());
      }
    }
    return applied;
  }

  /** Whoever wants a part has made the directory; another one would be that of nobody. */
  private Applied part(ManifestRoot root, Extent.Part part)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(dir.root())) {
      throw new IOException("no such directory on the node; make it first");
    }
    ManifestFetch fetch = new ManifestFetch(member.swarm(), root, Optional.empty());
    Arrival whole = fetch.get(Optional.empty());
    member.know(whole.manifest());
    Manifest wanted = partOf(whole.manifest(), part);
    Arrival arrival = new Arrival(whole.whole(), wanted, Optional.empty());
    return apply(arrival, Optional.empty(), Durability.CACHED);
  }

  private static Manifest partOf(Manifest whole, Extent.Part part) throws IOException {
    try {
      return ManifestPart.of(whole, part);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a part of the manifest: " + e.getMessage(), e);
    }
  }

  private Applied apply(Arrival arrival, Optional<Manifest> last, Durability durability)
      throws IOException, InterruptedException {
    Manifest manifest = arrival.contents();
    progress.begin(Phase.DIFF, manifest.contentBytes());
    Plan plan =
        new Planner(dir.root(), last, request.options(), progress::add, places()).plan(manifest);
    Content content = content(arrival, last);
    Application application =
        new Application(dir.root(), manifest, plan, content, progress, durability);
    member.leaveFree(dir.root(), application.stagedBytes());
    try {
      return application.run();
    } finally {
      member.leaveFree(dir.root(), 0);
    }
  }

  /**
   * What is kept may be below the remote directory, and may be a link there; so is what all nodes
   * fetch from, where the remote directory is the very one that is deployed.
   */
  private Set<Path> places() throws IOException {
    Set<Path> places = new HashSet<>();
    for (Path one : kept) {
      if (Files.exists(one)) {
        Path parent = Optional.ofNullable(one.getParent()).orElse(one);
        places.add(one.toRealPath());
        places.add(parent.toRealPath().resolve(one.getFileName()));
      }
    }
    if (request.origin() instanceof OriginSpec.WebTree web) {
      places.add(dir.root().resolve(web.offeredDir()));
    }
    return places;
  }

  private Content content(Arrival arrival, Optional<Manifest> last) {
    List<ChunkRef> chunks = arrival.manifest().chunks();
    Content swarm = new SwarmContent(member.swarm(), Member.CONTENT, chunks);
    Content all =
        last.<Content>map(old -> new ContentOnDisk(dir.root(), old, chunks, swarm)).orElse(swarm);
    return arrival
        .delta()
        .<Content>map(plain -> new DeltaContent(chunks.size(), all, plain))
        .orElse(all);
  }

  private String line(IOException e) {
    Path path = dir.path();
    String reason = IoProblem.reason(e);
    return reason.startsWith(path.toString()) ? reason : path + ": " + reason;
  }

  private Report stopped() {
    return failed("the agent was stopped; deploy again");
  }

  private Report failed(String line) {
    return new Report(new Counts(0, 0, 0, 0, 0), member.traffic(), List.of(line));
  }

  private static byte[] decode(String base64) throws IOException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException("the signed root, its key or the manifest is not base64", e);
    }
  }
}
