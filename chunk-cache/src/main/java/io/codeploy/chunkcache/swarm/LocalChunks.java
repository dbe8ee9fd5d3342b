package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.origin.Web;
import io.codeploy.chunkcache.store.ChunkStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** Serves a fetch from the local store, and has the swarm fetch what is not there. */
final class LocalChunks {
  private final ChunkStore store;
  private final Ledger ledger;

  LocalChunks(ChunkStore store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /** Announces what the store holds of {@code part}. */
  void announce(Part part) {
    for (int chunk = 0; chunk < part.size(); chunk++) {
      if (store.contains(part.chunk(chunk).transported())) {
        part.have(chunk);
      }
    }
  }

  /** The transfers begin before the first chunk of the store is decoded. */
  void deliver(Part part, Fetch fetch, BitSet wanted) throws InterruptedException {
    BitSet local = new BitSet();
    for (int chunk = wanted.nextSetBit(0); chunk >= 0; chunk = wanted.nextSetBit(chunk + 1)) {
      if (store.contains(part.chunk(chunk).transported())) {
        local.set(chunk);
      } else {
        part.want(chunk);
      }
    }
    for (int chunk = local.nextSetBit(0); chunk >= 0; chunk = local.nextSetBit(chunk + 1)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (part.claim(fetch, chunk)) {
        deliver(part, fetch, chunk);
      }
    }
  }

  private void deliver(Part part, Fetch fetch, int chunk) {
    ChunkRef ref = part.chunk(chunk);
    Optional<ByteBuffer> plain = plain(ref);
    if (plain.isEmpty()) {
      part.update(() -> fetch.notDelivered(chunk));
      part.want(chunk);
      return;
    }
    try {
      fetch.sink().accept(chunk, plain.get());
      ledger.fromStore(ref);
      part.delivered(fetch, chunk);
    } catch (IOException | RuntimeException e) {
      String line = e instanceof IOException io ? Web.reason(io) : "sink failed: " + e;
      part.update(() -> fetch.failed(chunk, line));
    }
  }

  /** Empty when the chunk is not there or is spoilt; a spoilt one is removed. */
  Optional<ByteBuffer> plain(ChunkRef ref) {
    try {
      Optional<ByteBuffer> transported = store.find(ref.transported());
      return transported.isPresent()
          ? Optional.of(ChunkCodec.decode(ref, transported.get()))
          : Optional.empty();
    } catch (CorruptChunkException e) {
      remove(ref);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void remove(ChunkRef ref) {
    try {
      store.remove(ref.transported());
    } catch (IOException e) {
      // It stays and is found spoilt again; what matters is that it is not used now.
      return;
    }
  }
}
