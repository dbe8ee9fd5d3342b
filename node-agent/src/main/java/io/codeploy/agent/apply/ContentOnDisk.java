package io.codeploy.agent.apply;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gives the chunks that the last deployment has put into files, from those files, and has the
 * others fetched meanwhile. What the files hold by now is verified as it is read; what is no longer
 * there is fetched, too.
 */
public final class ContentOnDisk implements Content {
  private final Path root;
  private final Manifest last;
  private final List<ChunkRef> chunks;
  private final Content elsewhere;

  /**
   * Content for a deployment of {@code chunks} to {@code root}.
   *
   * @param last the manifest of the last deployment to {@code root}
   * @param elsewhere has all chunks; used while the disk is read
   */
  public ContentOnDisk(Path root, Manifest last, List<ChunkRef> chunks, Content elsewhere) {
    this.root = root;
    this.last = last;
    this.chunks = chunks;
    this.elsewhere = elsewhere;
  }

  @Override
  public Optional<String> fetch(BitSet wanted, PlainSink sink)
      throws IOException, InterruptedException {
    Map<Integer, Integer> here = recorded(wanted);
    if (here.isEmpty()) {
      return elsewhere.fetch(wanted, sink);
    }
    BitSet others = (BitSet) wanted.clone();
    here.keySet().forEach(others::clear);
    // A platform thread: it hashes for long, and would keep virtual ones from the processors.
    try (ExecutorService reader =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("codeploy-old-files").factory())) {
      Future<BitSet> reading = reader.submit(() -> read(here, sink));
      try {
        Optional<String> cause = fetchSome(others, sink);
        BitSet gone = gone(reading);
        return cause.isPresent() ? cause : fetchSome(gone, sink);
      } finally {
        reader.shutdownNow();
      }
    }
  }

  private Optional<String> fetchSome(BitSet some, PlainSink sink)
      throws IOException, InterruptedException {
    return some.isEmpty() ? Optional.empty() : elsewhere.fetch(some, sink);
  }

  /** Those that the last deployment had, too, with their indexes in that. */
  private Map<Integer, Integer> recorded(BitSet wanted) {
    Map<Digest, Integer> wantedByDigest = new HashMap<>();
    wanted.stream().forEach(chunk -> wantedByDigest.put(chunks.get(chunk).plain(), chunk));
    Map<Integer, Integer> recorded = new HashMap<>();
    for (int old = 0; old < last.chunks().size(); old++) {
      Integer chunk = wantedByDigest.get(last.chunks().get(old).plain());
      if (chunk != null) {
        recorded.put(chunk, old);
      }
    }
    return recorded;
  }

  /** Gives what is still there to {@code sink}; comes back with the rest. */
  private BitSet read(Map<Integer, Integer> here, PlainSink sink) throws IOException {
    BitSet gone = new BitSet();
    try (OldFiles files = new OldFiles(root, last)) {
      for (Map.Entry<Integer, Integer> chunk : here.entrySet()) {
        Optional<ByteBuffer> plain = files.find(chunk.getValue());
        if (plain.isPresent()) {
          sink.put(chunk.getKey(), plain.get());
        } else {
          gone.set(chunk.getKey());
        }
      }
    }
    return gone;
  }

  private static BitSet gone(Future<BitSet> reading) throws IOException, InterruptedException {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("reading old files failed", e.getCause());
    }
  }
}
