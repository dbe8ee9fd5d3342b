package io.codeploy.agent.apply;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.ZstdStreams;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
  static final Path NAME = Path.of("archive");

  /** Headers and padding of an entry, those of long names included. */
  private static final long ENTRY_OVERHEAD_BYTES = 16 << 10;

  private static final int BUFFER_BYTES = 256 << 10;

  private final Stage stage;
  private final Manifest manifest;
  private final Prefix prefix;
  private final BitSet wanted = new BitSet();

  StagedArchive(Stage stage, Manifest manifest) {
    this.stage = stage;
    this.manifest = manifest;
    this.prefix =
        new Prefix(
            manifest.archive().stream()
                .map(chunk -> manifest.chunks().get(chunk).plainLength())
                .toList());
    manifest.archive().forEach(wanted::set);
  }

  /** The chunks that were not found. */
  BitSet wanted() {
    return wanted;
  }

  /** Looks for what a deployment that was cut off has left; to be called before any is put. */
  void find() throws IOException {
    if (!stage.hasLeft(NAME)) {
      return;
    }
    BitSet absent = new BitSet();
    try (FileChannel channel = stage.open(NAME)) {
      List<Integer> order = manifest.archive();
      for (int i = 0; i < order.size(); i++) {
        ChunkRef chunk = manifest.chunks().get(order.get(i));
        ByteBuffer there = Pieces.read(channel, prefix.start(i), chunk.plainLength());
        if (Digest.of(there).equals(chunk.plain())) {
          prefix.came(i);
        } else {
          absent.set(order.get(i));
        }
      }
    }
    wanted.and(absent);
  }

  /** Writes a chunk to its place, or its places, in the stream. */
  void put(int chunk, ByteBuffer plain) throws IOException {
    List<Integer> order = manifest.archive();
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i) == chunk) {
        write(prefix.start(i), plain.duplicate());
        prefix.came(i);
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
   * Writes those files that still need content, as far as chunks were put, and waits for further
   * ones until all are there or the thread is interrupted.
   *
   * @throws IOException if the stream is damaged or longer than the manifest's files can make it
   */
  void unpack(StagedFiles files) throws IOException {
    try (InputStream staged = new Arriving(stage.open(NAME), prefix);
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

  /** What is there of the stream, from its beginning; a read waits for more. */
  private static final class Arriving extends InputStream {
    private final FileChannel staged;
    private final Prefix prefix;
    private long position;

    Arriving(FileChannel staged, Prefix prefix) {
      this.staged = staged;
      this.prefix = prefix;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int there = (int) Math.min(length, prefix.beyond(position) - position);
      if (there == 0) {
        return length == 0 ? 0 : -1;
      }
      int read = staged.read(ByteBuffer.wrap(buffer, offset, there), position);
      position += Math.max(read, 0);
      return read;
    }

    @Override
    public void close() throws IOException {
      staged.close();
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
