package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Encoding;
import java.util.ArrayList;
import java.util.List;

/** The table of chunks that a manifest and a root have in common. */
final class ChunkTable {
  private static final int RAW = 0;
  private static final int ZSTD = 1;
  private static final int MIN_ROW_BYTES = 1 + Digest.BYTES + 1;

  private ChunkTable() {}

  static void write(ByteWriter out, List<ChunkRef> chunks) {
    out.writeVarint(chunks.size());
    for (ChunkRef chunk : chunks) {
      writeRow(out, chunk);
    }
  }

  private static void writeRow(ByteWriter out, ChunkRef chunk) {
    switch (chunk.encoding()) {
      case RAW -> {
        out.writeByte(RAW);
        out.writeDigest(chunk.plain());
        out.writeVarint(chunk.plainLength());
      }
      case ZSTD -> {
        out.writeByte(ZSTD);
        out.writeDigest(chunk.plain());
        out.writeVarint(chunk.plainLength());
        out.writeDigest(chunk.transported());
        out.writeVarint(chunk.transportedLength());
      }
    }
  }

  static List<ChunkRef> read(ByteReader in) throws MalformedManifestException {
    int count = in.readCount(MIN_ROW_BYTES, "chunks");
    List<ChunkRef> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chunks.add(readRow(in));
    }
    return chunks;
  }

  private static ChunkRef readRow(ByteReader in) throws MalformedManifestException {
    int encoding = in.readByte();
    if (encoding != RAW && encoding != ZSTD) {
      throw new MalformedManifestException("encoding " + encoding + " of a chunk is unknown");
    }
    Digest plain = in.readDigest();
    int length = in.readInt(ChunkRef.MAX_LENGTH, "length of a chunk");
    if (encoding == RAW) {
      return ChunkRef.raw(plain, length);
    }
    Digest transported = in.readDigest();
    return new ChunkRef(
        plain, length, Encoding.ZSTD, transported, in.readInt(length, "transported length"));
  }
}
