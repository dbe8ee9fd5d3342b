package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.List;

/**
 * What reading a file told.
 *
 * @param stamp of the file when it was read
 * @param digest of its content
 * @param chunks in file order; empty when {@link Cut#NOT_CUT}
 */
record KnownFile(FileStamp stamp, Digest digest, Cut cut, List<ChunkRef> chunks) {
  KnownFile {
    chunks = List.copyOf(chunks);
    long covered = chunks.stream().mapToLong(ChunkRef::plainLength).sum();
    if (covered != (cut == Cut.NOT_CUT ? 0 : stamp.size())) {
      throw new IllegalArgumentException("chunks of " + covered + " bytes for " + stamp.size());
    }
  }

  static KnownFile uncut(FileStamp stamp, Digest digest) {
    return new KnownFile(stamp, digest, Cut.NOT_CUT, List.of());
  }

  /** Whether nothing has to be read for {@code delivery}; what is packed needs its digest only. */
  boolean serves(Delivery delivery) {
    return switch (CuttingRules.fate(stamp.size())) {
      case EMPTY, PACKED -> true;
      case WHOLE, CUT -> cut.serves(delivery);
    };
  }
}
