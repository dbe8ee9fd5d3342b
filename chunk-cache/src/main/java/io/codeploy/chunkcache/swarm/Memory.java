package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.swarm.policy.Step;

/** Bounds the bytes of chunks on their way, transported and plain ones counted. */
final class Memory {
  private static final long LIMIT_BYTES = 32L << 20;

  private final ChunkList chunks;
  private long takenBytes;

  Memory(ChunkList chunks) {
    this.chunks = chunks;
  }

  /** Whether another step may begin; the last one may pass the limit. */
  boolean hasRoom() {
    return takenBytes < LIMIT_BYTES;
  }

  void take(Step step) {
    takenBytes += cost(step);
  }

  void giveBack(Step step) {
    takenBytes -= cost(step);
  }

  private long cost(Step step) {
    return switch (step) {
      case Step.Poll poll -> 0;
      case Step.Drop drop -> 0;
      case Step.Fetch fetch -> {
        ChunkRef chunk = chunks.get(fetch.chunk());
        yield (long) chunk.transportedLength() + chunk.plainLength();
      }
    };
  }
}
