package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a membership has counted and has to report. Written by all its threads. */
final class Ledger {
  private final LongAdder fromOrigin = new LongAdder();
  private final LongAdder fromPeers = new LongAdder();
  private final LongAdder fromStore = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final Map<Integer, String> accusations = new ConcurrentSkipListMap<>();

  /** The last line wins, whoever writes it. */
  private volatile Optional<String> originTrouble = Optional.empty();

  /** Of single chunks; what comes of others is no answer to it. */
  private volatile Optional<String> originRefusal = Optional.empty();

  LongAdder fromOrigin() {
    return fromOrigin;
  }

  LongAdder fromPeers() {
    return fromPeers;
  }

  LongAdder fromStore() {
    return fromStore;
  }

  long waits() {
    return waits.sum();
  }

  /** By the origin alone: peers that wait for each other do not get on. */
  void toldToWait() {
    waits.increment();
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

  void originTrouble(String line) {
    originTrouble = Optional.of(line);
  }

  void originAnswered() {
    originTrouble = Optional.empty();
  }

  /** The origin does not give some chunk as it was; the first line is kept. */
  void originRefused(String line) {
    if (originRefusal.isEmpty()) {
      originRefusal = Optional.of(line);
    }
  }

  Optional<String> originRefusal() {
    return originRefusal;
  }

  Optional<String> lastOriginTrouble() {
    return originTrouble;
  }
}
