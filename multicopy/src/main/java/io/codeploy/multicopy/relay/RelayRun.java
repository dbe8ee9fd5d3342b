package io.codeploy.multicopy.relay;

import io.codeploy.multicopy.expand.Location;
import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What a run relays. The relay is made when something is there for it to carry. */
public final class RelayRun implements AutoCloseable {
  private final RelaySettings settings;
  private final TimeSource time;

  /** By identity: a list may have a node twice. */
  private final IdentityHashMap<NodeCopy, RelayPlace> places = new IdentityHashMap<>();

  private final FutureTask<Relay> relay;
  private final AtomicLong deliveredBytes = new AtomicLong();
  private final AtomicInteger nodes = new AtomicInteger();
  private final Map<String, Integer> direct = new ConcurrentHashMap<>();

  private RelayRun(RelaySettings settings, TimeSource time) {
    this.settings = settings;
    this.time = time;
    this.relay = new FutureTask<>(this::open);
  }

  /** For {@code copies}, of which those with the same sources are carried together. */
  public static RelayRun of(
      RelaySettings settings, List<NodeCopy> copies, Sources sources, TimeSource time) {
    RelayRun run = new RelayRun(settings, time);
    copies.stream()
        .filter(NodeCopy::push)
        .collect(Collectors.groupingBy(RelayRun::paths))
        .forEach((paths, same) -> run.place(same, new Cargo(paths, sources, same.size())));
    return run;
  }

  private void place(List<NodeCopy> copies, Cargo cargo) {
    copies.forEach(copy -> places.put(copy, new RelayPlace(this, cargo)));
  }

  /** The place of one of the copies, which is to be settled; empty if it is no push. */
  public Optional<RelayPlace> place(NodeCopy copy) {
    return Optional.ofNullable(places.get(copy));
  }

  /** What it has come to so far. */
  public RelayReport report() {
    long sent = opened().map(Relay::bytesSent).orElse(0L);
    return new RelayReport(sent, deliveredBytes.get(), nodes.get(), direct);
  }

  @Override
  public void close() {
    opened().ifPresent(Relay::close);
  }

  boolean carry(Consignment consignment, Progress progress) throws InterruptedException {
    long bytes = consignment.bytes();
    if (bytes == 0 || bytes < settings.aboveBytes() || consignment.cargo().nodes() < 2) {
      return false;
    }
    // A relay has limits of its own.
    try (Progress.OwnWork work = progress.ownWork()) {
      relay().carry(consignment);
    } catch (RelayException e) {
      direct.merge(e.reason(), 1, Integer::sum);
      return false;
    }
    deliveredBytes.addAndGet(bytes);
    nodes.incrementAndGet();
    return true;
  }

  private Relay relay() throws RelayException, InterruptedException {
    relay.run();
    try {
      return relay.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw new RelayException(String.valueOf(failed.getMessage()), failed);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Relay open() throws IOException {
    RelayService service =
        ServiceLoader.load(RelayService.class, RelayRun.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IOException("no relay here; it is a part of the distribution"));
    return service.open(settings, time);
  }

  private Optional<Relay> opened() {
    return relay.state() == FutureTask.State.SUCCESS
        ? Optional.of(relay.resultNow())
        : Optional.empty();
  }

  private static List<String> paths(NodeCopy copy) {
    return copy.sources().stream().map(Location::path).toList();
  }
}
