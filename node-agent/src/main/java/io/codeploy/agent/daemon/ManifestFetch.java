package io.codeploy.agent.daemon;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.manifest.DeltaCodec;
import io.codeploy.chunkcache.manifest.DeltaRef;
import io.codeploy.chunkcache.manifest.MalformedManifestException;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import io.codeploy.chunkcache.manifest.ManifestRoot;
import io.codeploy.chunkcache.manifest.WholeManifest;
import io.codeploy.chunkcache.swarm.Swarm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Gets the manifest that a root names: from the last deployment's record, or that and what has
 * changed since, else as a whole.
 */
record ManifestFetch(Swarm swarm, ManifestRoot root, Optional<DeltaRef> delta) {
  private static final System.Logger LOG = System.getLogger(ManifestFetch.class.getName());

  Arrival get(Optional<WholeManifest> last) throws IOException, InterruptedException {
    // Joined also where it is known: others may count on this node as an owner of its chunks.
    swarm.join(Member.MANIFEST, root.chunks());
    delta.ifPresent(ref -> swarm.join(Member.DELTA, List.of(ref.chunk())));
    Optional<WholeManifest> same = last.filter(record -> record.digest().equals(root.manifest()));
    if (same.isPresent()) {
      return Arrival.of(same.get());
    }
    Optional<Arrival> changed = Optional.empty();
    if (delta.isPresent() && last.isPresent() && last.get().digest().equals(delta.get().base())) {
      changed = fetch(delta.get().chunk(), last.get());
    }
    return changed.isPresent() ? changed.get() : Arrival.of(fetch());
  }

  /** Empty when the delta did not come or is none: the manifest is there as a whole, too. */
  private Optional<Arrival> fetch(ChunkRef chunk, WholeManifest base) throws InterruptedException {
    Map<Integer, ByteBuffer> plain = new ConcurrentHashMap<>();
    if (fetch(Member.DELTA, List.of(chunk), plain).isPresent()) {
      return Optional.empty();
    }
    ByteBuffer bytes = bytes(plain, 0);
    try {
      return Optional.of(Arrival.of(DeltaCodec.decode(bytes, base, root), chunk, bytes));
    } catch (MalformedManifestException e) {
      LOG.log(System.Logger.Level.WARNING, "a delta is of no use", e);
      return Optional.empty();
    }
  }

  private WholeManifest fetch() throws IOException, InterruptedException {
    Map<Integer, ByteBuffer> plain = new ConcurrentHashMap<>();
    Optional<String> missing = fetch(Member.MANIFEST, root.chunks(), plain);
    if (missing.isPresent()) {
      throw new IOException("the manifest did not come: " + missing.get());
    }
    return ManifestChunks.join(
        root,
        IntStream.range(0, root.chunks().size()).mapToObj(chunk -> bytes(plain, chunk)).toList());
  }

  private Optional<String> fetch(String part, List<ChunkRef> chunks, Map<Integer, ByteBuffer> plain)
      throws InterruptedException {
    BitSet all = new BitSet(chunks.size());
    all.set(0, chunks.size());
    return new SwarmContent(swarm, part, chunks)
        .fetch(all, (chunk, bytes) -> plain.put(chunk, copy(bytes)));
  }

  private static ByteBuffer bytes(Map<Integer, ByteBuffer> plain, int chunk) {
    return Objects.requireNonNull(plain.get(chunk));
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
  }
}
