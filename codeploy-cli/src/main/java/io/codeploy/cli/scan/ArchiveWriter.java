package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.ZstdStreams;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes regular files as one tar + zstd stream. The same contents under the same names give the
 * same bytes: owners, modes and times, which the manifest has, are fixed values.
 */
final class ArchiveWriter {
  private static final int MODE = 0100644;
  private static final int BUFFER_BYTES = 64 << 10;

  private ArchiveWriter() {}

  /**
   * Writes {@code files}, in this order, to {@code target}.
   *
   * @throws ChangedFileException if a file is no longer what was read
   */
  static void write(Path target, List<ReadFile> files) throws IOException, InterruptedException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            ZstdStreams.deflate(
                new BufferedOutputStream(Files.newOutputStream(target), BUFFER_BYTES)),
            StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (ReadFile file : files) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while archiving " + file.found().file());
        }
        add(tar, file.found(), file.known());
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, FoundFile file, KnownFile known)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(file.path().value());
    entry.setSize(known.stamp().size());
    entry.setMode(MODE);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setModTime(0L);
    tar.putArchiveEntry(entry);
    copy(tar, file.file(), known);
    tar.closeArchiveEntry();
  }

  private static void copy(TarArchiveOutputStream tar, Path file, KnownFile known)
      throws IOException {
    MessageDigest sha256 = Digest.newMessageDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = known.stamp().size();
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0 && n <= left; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        tar.write(buffer, 0, n);
        left -= n;
      }
    }
    if (left != 0 || !Digest.fromBytes(sha256.digest()).equals(known.digest())) {
      throw new ChangedFileException(file);
    }
  }
}
