package io.codeploy.agent.daemon;

import io.codeploy.agent.plan.DeploymentRecords.Recorded;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import io.codeploy.chunkcache.manifest.ManifestRoot;
import io.codeploy.chunkcache.swarm.Swarm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Gets the manifest that a root names: from the last deployment's record, else by the swarm. */
record ManifestFetch(Swarm swarm, ManifestRoot root) {

  Manifest get(Optional<Recorded> last) throws IOException, InterruptedException {
    // Joined also where it is known: others may count on this node as an owner of its chunks.
    swarm.join(Member.MANIFEST, root.chunks());
    Optional<Recorded> same = last.filter(record -> record.digest().equals(root.manifest()));
    return same.isPresent() ? same.get().manifest() : fetch();
  }

  private Manifest fetch() throws IOException, InterruptedException {
    int count = root.chunks().size();
    BitSet all = new BitSet(count);
    all.set(0, count);
    Map<Integer, ByteBuffer> plain = new ConcurrentHashMap<>();
    Optional<String> missing =
        new SwarmContent(swarm, Member.MANIFEST, root.chunks())
            .fetch(all, (chunk, bytes) -> plain.put(chunk, copy(bytes)));
    if (missing.isPresent()) {
      throw new IOException("the manifest did not come: " + missing.get());
    }
    return ManifestChunks.join(
        root,
        IntStream.range(0, count).mapToObj(i -> Objects.requireNonNull(plain.get(i))).toList());
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
  }
}
