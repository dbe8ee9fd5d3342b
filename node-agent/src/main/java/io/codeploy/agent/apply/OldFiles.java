package io.codeploy.agent.apply;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.ChunkUses;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The chunks of the last deployment, as its files hold them. Used by one thread. */
final class OldFiles implements Closeable {
  private final List<ChunkRef> chunks;
  private final ChunkUses uses;
  private final Folders folders;

  OldFiles(Path root, Manifest last) throws IOException {
    this.chunks = last.chunks();
    this.uses = ChunkUses.of(last);
    this.folders = new Folders(root);
  }

  /**
   * The plain bytes of a chunk, verified; empty when its files hold others by now, or are gone.
   *
   * @throws IOException if the thread was interrupted
   */
  Optional<ByteBuffer> find(int index) throws IOException {
    ChunkRef chunk = chunks.get(index);
    ByteBuffer plain = ByteBuffer.allocate(chunk.plainLength());
    for (ChunkUses.Use use : inOrder(index)) {
      if (use.chunkOffset() == plain.position()) {
        read(use, plain);
      }
    }
    boolean whole = !plain.hasRemaining();
    return whole && Digest.of(plain.flip()).equals(chunk.plain())
        ? Optional.of(plain)
        : Optional.empty();
  }

  /** Of several files with the same piece, the others stand in for one that is gone. */
  private List<ChunkUses.Use> inOrder(int index) {
    return uses.of(index).stream()
        .sorted(Comparator.comparingInt(ChunkUses.Use::chunkOffset))
        .toList();
  }

  private void read(ChunkUses.Use use, ByteBuffer plain) throws IOException {
    ByteBuffer piece = plain.slice(plain.position(), use.length());
    try (FileChannel file = folders.read(Path.of(use.file().path().value()))) {
      Pieces.fill(piece, file, use.fileOffset());
    } catch (IOException e) {
      Interruption.rethrow(e);
    }
    if (!piece.hasRemaining()) {
      plain.position(plain.position() + use.length());
    }
  }

  @Override
  public void close() throws IOException {
    folders.close();
  }
}
