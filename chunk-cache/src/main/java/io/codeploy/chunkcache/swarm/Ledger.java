package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/** What a membership has counted and has to report. Written by all its threads. */
final class Ledger {
  private final Arrivals arrivals = new Arrivals();
  private final LongAdder fromOrigin = new LongAdder();
  private final LongAdder fromPeers = new LongAdder();
  private final LongAdder fromStore = new LongAdder();
  private final Map<Integer, String> accusations = new ConcurrentSkipListMap<>();
  private final Map<Digest, String> troubles = new ConcurrentHashMap<>();

  /** The last line wins, whoever writes it. */
  private volatile Optional<String> lastTrouble = Optional.empty();

  Arrivals arrivals() {
    return arrivals;
  }

  /** For one request to the origin: to be told of bytes of {@code chunk} as they come. */
  IntConsumer fromOrigin(ChunkRef chunk) {
    return counting(fromOrigin, arrivals.attempt(chunk));
  }

  /** For one request to a peer: to be told of bytes of {@code chunk} as they come. */
  IntConsumer fromPeer(ChunkRef chunk) {
    return counting(fromPeers, arrivals.attempt(chunk));
  }

  void fromStore(ChunkRef chunk) {
    fromStore.add(chunk.transportedLength());
  }

  SwarmTraffic traffic(long served) {
    return new SwarmTraffic(fromOrigin.sum(), fromPeers.sum(), fromStore.sum(), served);
  }

  /** {@code chunk} has come from anybody, and is verified. */
  void verified(ChunkRef chunk) {
    arrivals.verified(chunk);
    troubles.remove(chunk.transported());
  }

  /** The first word against a peer is kept; by then it is no longer asked. */
  void accuse(Peer peer, ChunkRef chunk) {
    accusations.putIfAbsent(
        peer.rank(),
        "%s (%s:%d) sent wrong bytes for chunk %s and is no longer asked; check its memory and disk"
            .formatted(peer.name(), peer.host(), peer.port(), chunk.transported().shortForm()));
  }

  List<String> accusations() {
    return List.copyOf(accusations.values());
  }

  /** Why the origin did not give {@code chunk}, in one line that ends with a remedy. */
  void originTrouble(ChunkRef chunk, String line) {
    troubles.put(chunk.transported(), line);
    lastTrouble = Optional.of(line);
  }

  /** What was wrong with all chunks is so no more. */
  void originAnswered() {
    lastTrouble = Optional.empty();
  }

  /** Why the origin did not give {@code chunk} the last time it was asked. */
  Optional<String> originTrouble(ChunkRef chunk) {
    return Optional.ofNullable(troubles.get(chunk.transported()));
  }

  /** What the origin said last, if that was trouble. */
  Optional<String> lastOriginTrouble() {
    return lastTrouble;
  }

  private static IntConsumer counting(LongAdder traffic, IntConsumer attempt) {
    return bytes -> {
      traffic.add(bytes);
      attempt.accept(bytes);
    };
  }
}
