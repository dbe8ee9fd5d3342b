package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Chunker;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Reads files once each, for their digest, their cutting and their compression at the same time.
 * Safe for use by many threads; holds one chunker (4 MiB) for each that is at work.
 */
final class ContentReader {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Delivery delivery;
  private final EncodedChunks encodedChunks;
  private final Consumer<Path> afterRead;
  private final ConcurrentLinkedQueue<Chunker> chunkers = new ConcurrentLinkedQueue<>();
  private final RecentContents recent = new RecentContents();
  private final LongAdder bytesRead = new LongAdder();

  /**
   * @param afterRead told of each file between its reading and the check that it did not change
   */
  ContentReader(Delivery delivery, EncodedChunks encodedChunks, Consumer<Path> afterRead) {
    this.delivery = delivery;
    this.encodedChunks = encodedChunks;
    this.afterRead = afterRead;
  }

  /** Bytes of content read so far. */
  long bytesRead() {
    return bytesRead.sum();
  }

  /**
   * What {@code file} holds, with the stamp that it has now. A file that changes meanwhile is read
   * once more.
   *
   * @throws ScanException if it changes then, too, or cannot be read; names it
   * @throws ChangedFileException if it went away
   */
  KnownFile read(Path file) throws ChangedFileException, ScanException {
    try {
      return readTwice(file);
    } catch (NoSuchFileException e) {
      throw new ChangedFileException(file);
    } catch (ChangedFileException e) {
      throw new ScanException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw ScanException.unreadable("read", file, e);
    }
  }

  /**
   * The content of a small file into {@code target}, from memory if it was read a moment ago.
   *
   * @throws ChangedFileException if it is no longer what its digest says
   */
  void readMember(SmallFile file, byte[] target, int offset)
      throws ChangedFileException, ScanException {
    if (recent.take(file.digest(), target, offset)) {
      return;
    }
    try {
      readExactly(file.file(), target, offset, file.size());
    } catch (NoSuchFileException e) {
      throw new ChangedFileException(file.file());
    } catch (ChangedFileException e) {
      throw e;
    } catch (IOException e) {
      throw ScanException.unreadable("read", file.file(), e);
    }
    if (!Digest.of(target, offset, file.size()).equals(file.digest())) {
      throw new ChangedFileException(file.file());
    }
  }

  private KnownFile readTwice(Path file) throws IOException {
    try {
      return readOnce(file);
    } catch (ChangedFileException e) {
      return readOnce(file);
    }
  }

  private KnownFile readOnce(Path file) throws IOException {
    FileStamp before = FileStamp.of(file);
    KnownFile known = read(file, before);
    afterRead.accept(file);
    if (!FileStamp.of(file).equals(before)) {
      throw new ChangedFileException(file);
    }
    return known;
  }

  private KnownFile read(Path file, FileStamp stamp) throws IOException {
    if (delivery == Delivery.ARCHIVE) {
      return KnownFile.uncut(stamp, digest(file, stamp.size()));
    }
    return switch (CuttingRules.fate(stamp.size())) {
      case EMPTY -> KnownFile.uncut(stamp, digest(file, 0));
      case PACKED -> small(file, stamp);
      case WHOLE -> whole(file, stamp);
      case CUT -> cut(file, stamp);
    };
  }

  private Digest digest(Path file, long size) throws IOException {
    MessageDigest sha256 = Digest.newMessageDigest();
    byte[] buffer = new byte[Math.clamp(size, 1, BUFFER_BYTES)];
    long got = 0;
    try (InputStream in = open(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        got += n;
      }
    }
    bytesRead.add(got);
    if (got != size) {
      throw new ChangedFileException(file);
    }
    return Digest.fromBytes(sha256.digest());
  }

  private KnownFile small(Path file, FileStamp stamp) throws IOException {
    byte[] content = readWhole(file, stamp);
    Digest digest = Digest.of(content);
    recent.keep(digest, content);
    return KnownFile.uncut(stamp, digest);
  }

  private KnownFile whole(Path file, FileStamp stamp) throws IOException {
    ChunkRef chunk = chunk(ByteBuffer.wrap(readWhole(file, stamp)));
    return new KnownFile(stamp, chunk.plain(), cut(), List.of(chunk));
  }

  private KnownFile cut(Path file, FileStamp stamp) throws IOException {
    MessageDigest sha256 = Digest.newMessageDigest();
    List<ChunkRef> chunks = new ArrayList<>();
    Chunker chunker = takeChunker();
    try (InputStream in = open(file)) {
      chunker.forEachChunk(
          in,
          (buffer, offset, length) -> {
            sha256.update(buffer, offset, length);
            bytesRead.add(length);
            chunks.add(chunk(ByteBuffer.wrap(buffer, offset, length)));
          });
    } finally {
      chunkers.add(chunker);
    }
    Digest digest = Digest.fromBytes(sha256.digest());
    long size = chunks.stream().mapToLong(ChunkRef::plainLength).sum();
    if (size != stamp.size()) {
      throw new ChangedFileException(file);
    }
    return new KnownFile(stamp, digest, cut(), chunks);
  }

  /** The chunk that {@code plain} becomes. */
  ChunkRef chunk(ByteBuffer plain) {
    return delivery == Delivery.CHUNKS
        ? encodedChunks.encode(plain).ref()
        : ChunkRef.raw(Digest.of(plain), plain.remaining());
  }

  /** How far this reader makes content into chunks. */
  Cut cut() {
    return delivery == Delivery.CHUNKS ? Cut.ENCODED : Cut.PLAIN;
  }

  private byte[] readWhole(Path file, FileStamp stamp) throws IOException {
    byte[] content = new byte[(int) stamp.size()];
    readExactly(file, content, 0, content.length);
    return content;
  }

  private void readExactly(Path file, byte[] target, int offset, int length) throws IOException {
    try (InputStream in = open(file)) {
      int got = in.readNBytes(target, offset, length);
      bytesRead.add(got);
      if (got < length || in.read() >= 0) {
        throw new ChangedFileException(file);
      }
    }
  }

  private Chunker takeChunker() {
    Chunker free = chunkers.poll();
    return free == null ? Chunker.standard() : free;
  }

  private static InputStream open(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }
}
