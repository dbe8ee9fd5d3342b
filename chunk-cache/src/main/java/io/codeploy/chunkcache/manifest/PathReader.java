package io.codeploy.chunkcache.manifest;

import java.util.Arrays;

/** Reads what {@link PathWriter} writes. */
final class PathReader {
  /** Bounds what a few bytes that share long prefixes can swell to. */
  static final int MAX_TOTAL_BYTES = 512 << 20;

  private final ByteReader in;
  private byte[] previous = new byte[0];
  private long total;

  PathReader(ByteReader in) {
    this.in = in;
  }

  RelativePath read() throws MalformedManifestException {
    int shared = in.readInt(previous.length, "length of a shared prefix");
    int length = in.readInt(RelativePath.MAX_PATH_BYTES - shared, "length of a path");
    byte[] suffix = in.readBytes(length);
    if (length > 0 && shared < previous.length && previous[shared] == suffix[0]) {
      throw new MalformedManifestException("a path shares more with the one before than it says");
    }
    total += shared + length;
    if (total > MAX_TOTAL_BYTES) {
      throw new MalformedManifestException("paths of more than " + MAX_TOTAL_BYTES + " bytes");
    }
    byte[] path = Arrays.copyOf(previous, shared + length);
    System.arraycopy(suffix, 0, path, shared, length);
    previous = path;
    return new RelativePath(Utf8.decode(path));
  }
}
