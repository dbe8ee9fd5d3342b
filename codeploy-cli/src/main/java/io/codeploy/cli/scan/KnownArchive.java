package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.List;

/**
 * The archive that was last made of a tree.
 *
 * @param key of what it holds
 * @param stamp of its file
 * @param chunks of its bytes, in order
 */
record KnownArchive(Digest key, FileStamp stamp, List<ChunkRef> chunks) {
  KnownArchive {
    chunks = List.copyOf(chunks);
  }
}
