package io.codeploy.agent.apply;

import io.codeploy.chunkcache.chunk.ZstdStreams;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Content that travels as one tar + zstd stream, put together in the stage from its chunks. An
 * entry of it is data for the file of that very path and size in the manifest, or it is passed
 * over: names, types and links of a tar archive decide nothing here.
 */
final class StagedArchive {
  private static final Path NAME = Path.of("archive");

  /** Headers and padding of an entry, those of long names included. */
  private static final long ENTRY_OVERHEAD_BYTES = 16 << 10;

  private static final int BUFFER_BYTES = 256 << 10;

  private final Stage stage;
  private final Manifest manifest;
  private final long[] offsets;

  StagedArchive(Stage stage, Manifest manifest) {
    this.stage = stage;
    this.manifest = manifest;
    this.offsets = new long[manifest.archive().size()];
    long at = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      at += manifest.chunks().get(manifest.archive().get(i)).plainLength();
    }
  }

  BitSet wanted() {
    BitSet wanted = new BitSet();
    manifest.archive().forEach(wanted::set);
    return wanted;
  }

  /** Writes a chunk to its place, or its places, in the stream. */
  void put(int chunk, ByteBuffer plain) throws IOException {
    List<Integer> order = manifest.archive();
    for (int i = 0; i < offsets.length; i++) {
      if (order.get(i) == chunk) {
        write(offsets[i], plain.duplicate());
      }
    }
  }

  private void write(long offset, ByteBuffer piece) throws IOException {
    try (FileChannel channel = stage.open(NAME)) {
      long at = offset;
      while (piece.hasRemaining()) {
        at += channel.write(piece, at);
      }
    }
  }

  /**
   * Writes those files that still need content.
   *
   * @throws IOException if the stream is damaged or longer than the manifest's files can make it
   */
  void unpack(StagedFiles files) throws IOException {
    try (InputStream staged = Channels.newInputStream(stage.open(NAME));
        InputStream plain = ZstdStreams.inflate(new BufferedInputStream(staged, BUFFER_BYTES));
        TarArchiveInputStream tar = new TarArchiveInputStream(new Limited(plain, limit()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Optional<StagedFile> file = find(entry, files);
        if (file.isPresent() && file.get().filling()) {
          files.guard(file.get(), () -> copy(tar, file.get()));
        }
      }
    }
  }

  private long limit() {
    return manifest.contentBytes() + (manifest.entries().size() + 2) * ENTRY_OVERHEAD_BYTES;
  }

  private static Optional<StagedFile> find(TarArchiveEntry entry, StagedFiles files) {
    if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink() || entry.isSparse()) {
      return Optional.empty();
    }
    try {
      return files
          .find(new RelativePath(entry.getName()))
          .filter(file -> file.file().size() == entry.getSize());
    } catch (IllegalArgumentException e) {
      // Not a path that any manifest has.
      return Optional.empty();
    }
  }

  private static void copy(InputStream in, StagedFile file) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, file.file().size())];
    long at = 0;
    while (at < file.file().size()) {
      int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, file.file().size() - at));
      if (read == 0) {
        throw new IOException("the archive ends within this file; deploy again");
      }
      file.write(at, ByteBuffer.wrap(buffer, 0, read));
      at += read;
    }
  }

  /** Ends with an error where a stream inflates to more than it can honestly be. */
  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long limit) {
      super(in);
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new IOException("the archive is longer than its files; it is damaged or hostile");
      }
    }
  }
}
