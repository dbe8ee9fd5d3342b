package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Chunker;
import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The archives of one tree in the cache directory; there is one at a time, and beside it what is
 * just being written.
 */
final class ArchiveFiles {
  private static final int ID_DIGITS = 16;

  private static final String UNFINISHED = ".tmp";

  /** Nobody writes any more what has not grown for so long. */
  private static final Duration STANDSTILL = Duration.ofHours(1);

  private final Path directory;
  private final String prefix;

  ArchiveFiles(Path cacheDir, Path treeDir) {
    this.directory = cacheDir.resolve("archive");
    this.prefix = ScanCacheFile.id(treeDir).toString().substring(0, ID_DIGITS) + "-";
  }

  /**
   * The archive of {@code files}: that of the last scan if it holds just these, else a new one in
   * its place.
   */
  ArchiveFile make(List<ReadFile> files, Optional<KnownArchive> lastOne)
      throws IOException, InterruptedException {
    Digest key = key(files);
    Path file = directory.resolve(prefix + key.toString().substring(0, ID_DIGITS));
    if (lastOne.isPresent() && lastOne.get().key().equals(key) && isThere(file, lastOne.get())) {
      return new ArchiveFile(file, lastOne.get());
    }
    Files.createDirectories(directory);
    // Another run may make the same one at the same time.
    Path temporary = Files.createTempFile(directory, prefix, UNFINISHED);
    try {
      ArchiveWriter.write(temporary, files);
      List<ChunkRef> chunks = cut(temporary);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      removeOthers(file);
      return new ArchiveFile(file, new KnownArchive(key, FileStamp.of(file), chunks));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean isThere(Path file, KnownArchive known) {
    try {
      return FileStamp.of(file).equals(known.stamp());
    } catch (IOException e) {
      return false;
    }
  }

  private static Digest key(List<ReadFile> files) {
    MessageDigest sha256 = Digest.newMessageDigest();
    for (ReadFile file : files) {
      byte[] path = file.found().path().value().getBytes(StandardCharsets.UTF_8);
      KnownFile content = file.known();
      ByteBuffer record = ByteBuffer.allocate(2 + path.length + 8 + Digest.BYTES);
      record.putShort((short) path.length).put(path).putLong(content.stamp().size());
      content.digest().write(record);
      sha256.update(record.array());
    }
    return Digest.fromBytes(sha256.digest());
  }

  private static List<ChunkRef> cut(Path archive) throws IOException {
    List<ChunkRef> chunks = new ArrayList<>();
    try (InputStream in = Files.newInputStream(archive)) {
      Chunker.standard()
          .forEachChunk(
              in,
              (buffer, offset, length) ->
                  chunks.add(ChunkRef.raw(Digest.of(buffer, offset, length), length)));
    }
    return chunks;
  }

  private void removeOthers(Path current) throws IOException {
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path archive : archives) {
        if (!archive.equals(current) && !grows(archive, Files.getLastModifiedTime(current))) {
          Files.deleteIfExists(archive);
        }
      }
    }
  }

  /** Whether another run is writing {@code archive}, by what the disk's own clock says. */
  private static boolean grows(Path archive, FileTime now) {
    try {
      return archive.toString().endsWith(UNFINISHED)
          && Files.getLastModifiedTime(archive)
              .toInstant()
              .isAfter(now.toInstant().minus(STANDSTILL));
    } catch (IOException e) {
      return false; // It has got its name meanwhile, or was removed.
    }
  }
}
