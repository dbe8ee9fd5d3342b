package io.codeploy.agent.daemon;

import io.codeploy.agent.apply.Content;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.swarm.Swarm;
import io.codeploy.chunkcache.swarm.SwarmResult;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** One part of a deployment, from the swarm. */
record SwarmContent(Swarm swarm, String part, List<ChunkRef> chunks) implements Content {
  @Override
  public Optional<String> fetch(BitSet wanted, PlainSink sink) throws InterruptedException {
    return switch (swarm.fetch(part, chunks, wanted, sink::put)) {
      case SwarmResult.Complete complete -> Optional.empty();
      case SwarmResult.Incomplete incomplete -> Optional.of(incomplete.cause());
    };
  }
}
