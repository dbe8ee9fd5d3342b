package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The chunks of a part, by index and by digest. */
final class ChunkList {
  private final List<ChunkRef> chunks;
  private final Map<Digest, Integer> indexes = new HashMap<>();

  ChunkList(List<ChunkRef> chunks) {
    this.chunks = List.copyOf(chunks);
    for (int index = 0; index < chunks.size(); index++) {
      indexes.putIfAbsent(chunks.get(index).transported(), index);
    }
  }

  int size() {
    return chunks.size();
  }

  ChunkRef get(int index) {
    return chunks.get(index);
  }

  OptionalInt indexOf(Digest transported) {
    Integer index = indexes.get(transported);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
