package io.codeploy.agent.plan;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.EntryFinder;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Whether a file on disk has the content that the manifest wants. A file that still has the size
 * and mtime that the last deployment gave it is taken to have that deployment's content, unless
 * checksums are asked for; any other one of the right size is read.
 */
final class FileComparison {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Path root;
  private final Optional<Manifest> last;
  private final EntryFinder lastEntries;
  private final DeployOptions options;
  private final LongConsumer bytesRead;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  FileComparison(
      Path root, Optional<Manifest> last, DeployOptions options, LongConsumer bytesRead) {
    this.root = root;
    this.last = last;
    this.lastEntries = EntryFinder.of(last);
    this.options = options;
    this.bytesRead = bytesRead;
  }

  /** Whether the content is that of {@code wanted}; not where it may not be read. */
  boolean sameContent(RegularFile wanted, OnDisk.File disk) throws IOException {
    if (disk.size() != wanted.size()) {
      return false;
    }
    if (!options.checksum()
        && lastEntries.find(wanted.path()).orElse(null) instanceof RegularFile recorded
        && untouched(recorded, disk)) {
      return recorded.digest().equals(wanted.digest());
    }
    try {
      return digest(root.resolve(wanted.path().value())).equals(wanted.digest());
    } catch (AccessDeniedException e) {
      return false;
    }
  }

  /** The files of the last deployment that seem to be as it left them, by content. */
  Map<Digest, RelativePath> untouchedOf(Set<Digest> contents) throws IOException {
    Map<Digest, RelativePath> found = new HashMap<>();
    if (contents.isEmpty() || last.isEmpty()) {
      return found;
    }
    for (RegularFile file : last.get().files()) {
      if (contents.contains(file.digest())
          && !found.containsKey(file.digest())
          && OnDisk.at(root.resolve(file.path().value())) instanceof OnDisk.File disk
          && untouched(file, disk)) {
        found.put(file.digest(), file.path());
      }
    }
    return found;
  }

  private static boolean untouched(RegularFile recorded, OnDisk.File disk) {
    return recorded.size() == disk.size() && recorded.mtime().equals(disk.mtime());
  }

  private Digest digest(Path file) throws IOException {
    MessageDigest sha256 = Digest.newMessageDigest();
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (channel.read(buffer.clear()) >= 0) {
        bytesRead.accept(buffer.position());
        sha256.update(buffer.flip());
      }
    }
    return Digest.fromBytes(sha256.digest());
  }
}
