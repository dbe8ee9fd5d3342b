package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A regular file.
 *
 * @param mode permission bits, 0 .. 07777
 * @param mtime with nanoseconds
 * @param size bytes
 * @param digest of the whole content
 * @param slices where the content lies in the manifest's chunks, in file order, lengths adding up
 *     to {@code size}; empty for an empty file, and for every file of a manifest whose content
 *     travels as an archive
 */
public record RegularFile(
    RelativePath path, int mode, Instant mtime, long size, Digest digest, List<Slice> slices)
    implements Entry {
  public RegularFile {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(mtime, "mtime is null");
    Objects.requireNonNull(digest, "digest is null");
    slices = List.copyOf(slices);
    checkMode(path, mode);
    if (size < 0) {
      throw new IllegalArgumentException(path + ": negative size " + size);
    }
    long covered = Slice.totalLength(slices);
    if (!slices.isEmpty() && covered != size) {
      throw new IllegalArgumentException(path + ": slices cover " + covered + " of " + size);
    }
  }

  /** Whether the owner, the group or others may execute the file. */
  public boolean executable() {
    return (mode & 0111) != 0;
  }

  static void checkMode(RelativePath path, int mode) {
    if (mode < 0 || mode > 07777) {
      throw new IllegalArgumentException(path + ": mode " + Integer.toOctalString(mode));
    }
  }
}
