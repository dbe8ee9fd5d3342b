package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.manifest.ChunkUses.Use;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Chunks as ranges of an archive. */
final class ArchiveBytes implements ChunkBytes {
  private final Path archive;

  /** By the chunk's index. */
  private final long[] offsets;

  ArchiveBytes(Path archive, Manifest manifest) {
    this.archive = archive;
    this.offsets = new long[manifest.chunks().size()];
    long offset = 0;
    for (int index : manifest.archive()) {
      offsets[index] = offset;
      offset += manifest.chunks().get(index).transportedLength();
    }
  }

  @Override
  public ByteBuffer read(int index, ChunkRef chunk, List<Use> uses) throws IOException {
    byte[] content = new byte[chunk.plainLength()];
    FileRange.read(archive, offsets[index], ByteBuffer.wrap(content));
    if (!ChunkBytes.matches(chunk, content)) {
      throw new IOException(archive + " is damaged; remove it and run codeploy again");
    }
    return ByteBuffer.wrap(content);
  }
}
