package io.codeploy.multicopy.relay;

import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The same sources for a number of nodes. */
public final class Cargo {
  private final List<String> paths;
  private final Sources sources;
  private final int nodes;
  private final CountDownLatch outstanding;

  /**
   * @param nodes that may want something of it
   */
  Cargo(List<String> paths, Sources sources, int nodes) {
    this.paths = List.copyOf(paths);
    this.sources = sources;
    this.nodes = nodes;
    this.outstanding = new CountDownLatch(nodes);
  }

  /** The sources as they were listed, in order, without those that are excluded. */
  public List<SourceTree> trees() throws IOException, InterruptedException {
    List<SourceTree> trees = new ArrayList<>();
    for (String path : paths) {
      sources.tree(path).ifPresent(trees::add);
    }
    return trees;
  }

  /** The run's sources, which may be told digests. */
  public Sources sources() {
    return sources;
  }

  int nodes() {
    return nodes;
  }

  /** One of the nodes has come, or will not. */
  void settle() {
    outstanding.countDown();
  }

  /** Whether all nodes have come or will not, now or within {@code limit}. */
  public boolean awaitAll(Duration limit) throws InterruptedException {
    return outstanding.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
