package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Reads what {@link EntryWriter} writes. */
final class EntryReader {
  private static final int MIN_ENTRY_BYTES = 6;
  private static final int MIN_SLICE_BYTES = 3;

  private final ByteReader in;
  private final PathReader paths;
  private final Queue<Digest> digests = new ArrayDeque<>();
  private long second;
  private int chunk;
  private int offset;

  EntryReader(ByteReader in) {
    this.in = in;
    this.paths = new PathReader(in);
  }

  List<Entry> read() throws MalformedManifestException {
    int files = in.readCount(Digest.BYTES, "digests of files");
    for (int i = 0; i < files; i++) {
      digests.add(in.readDigest());
    }
    int count = in.readCount(MIN_ENTRY_BYTES, "entries");
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(readEntry());
    }
    if (!digests.isEmpty()) {
      throw new MalformedManifestException(digests.size() + " digests belong to no file");
    }
    return entries;
  }

  private Entry readEntry() throws MalformedManifestException {
    EntryKind kind = EntryKind.read(in);
    RelativePath path = paths.read();
    return switch (kind) {
      case DIRECTORY -> new Directory(path, readMode(), readMtime());
      case FILE -> readFile(path);
      case SYMLINK -> new Symlink(path, readTarget());
    };
  }

  private RegularFile readFile(RelativePath path) throws MalformedManifestException {
    int mode = readMode();
    Instant mtime = readMtime();
    List<Slice> slices = readSlices();
    long size =
        slices.isEmpty()
            ? in.readVarint(Long.MAX_VALUE, "size of a file")
            : Slice.totalLength(slices);
    Digest digest = digests.poll();
    if (digest == null) {
      throw new MalformedManifestException("no digest for " + path);
    }
    return new RegularFile(path, mode, mtime, size, digest, slices);
  }

  private int readMode() throws MalformedManifestException {
    return in.readInt(07777, "mode");
  }

  private Instant readMtime() throws MalformedManifestException {
    second += in.readSigned();
    int nano = in.readInt(999_999_999, "nanosecond of a time");
    if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
      throw new MalformedManifestException("time beyond all limits: " + second + " s");
    }
    return Instant.ofEpochSecond(second, nano);
  }

  private String readTarget() throws MalformedManifestException {
    int length = in.readInt(Symlink.MAX_TARGET_BYTES, "length of a link's target");
    return Utf8.decode(in.readBytes(length));
  }

  private List<Slice> readSlices() throws MalformedManifestException {
    int count = in.readCount(MIN_SLICE_BYTES, "slices of a file");
    List<Slice> slices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      slices.add(readSlice());
    }
    return slices;
  }

  private Slice readSlice() throws MalformedManifestException {
    int previous = chunk;
    chunk = inRange(chunk + in.readSigned(), Integer.MAX_VALUE, "number of a chunk");
    int expected = chunk == previous ? offset : 0;
    int from = inRange(expected + in.readSigned(), ChunkRef.MAX_LENGTH, "offset of a slice");
    int length = in.readInt(ChunkRef.MAX_LENGTH, "length of a slice");
    offset = from + length;
    return new Slice(chunk, from, length);
  }

  private static int inRange(long value, int max, String what) throws MalformedManifestException {
    if (value < 0 || value > max) {
      throw new MalformedManifestException(what + " is out of range: " + value);
    }
    return (int) value;
  }
}
