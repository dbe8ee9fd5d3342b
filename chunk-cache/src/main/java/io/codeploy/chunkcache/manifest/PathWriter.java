package io.codeploy.chunkcache.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes sorted paths, each as what differs from the one before. */
final class PathWriter {
  private final ByteWriter out;
  private byte[] previous = new byte[0];
  private long total;

  PathWriter(ByteWriter out) {
    this.out = out;
  }

  void write(RelativePath path) {
    byte[] bytes = path.value().getBytes(StandardCharsets.UTF_8);
    total += bytes.length;
    if (total > PathReader.MAX_TOTAL_BYTES) {
      throw new IllegalArgumentException(
          "paths of more than " + PathReader.MAX_TOTAL_BYTES + " bytes in one manifest");
    }
    int shared = Arrays.mismatch(previous, bytes); // two paths of a manifest differ
    out.writeVarint(shared);
    out.writeVarint(bytes.length - shared);
    out.writeBytes(bytes, shared);
    previous = bytes;
  }
}
