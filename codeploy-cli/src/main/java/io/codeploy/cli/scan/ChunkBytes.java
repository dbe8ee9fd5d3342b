package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.ChunkUses.Use;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Where the plain bytes of a tree's chunks are on disk. Safe for use by many threads. */
interface ChunkBytes {
  /**
   * The plain bytes of the chunk at {@code index} of the manifest, verified.
   *
   * @param uses where the chunk goes in the tree
   * @throws ServedFileChangedException if they are no longer there
   */
  ByteBuffer read(int index, ChunkRef chunk, List<Use> uses) throws IOException;

  /** Whether {@code content} is the chunk. */
  static boolean matches(ChunkRef chunk, byte[] content) {
    return Digest.of(content).equals(chunk.plain());
  }
}
