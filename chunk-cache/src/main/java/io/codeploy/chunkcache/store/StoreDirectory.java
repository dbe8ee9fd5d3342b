package io.codeploy.chunkcache.store;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** The files of a store, as the page {@code store.md} of {@code docs/formats} lays them out. */
final class StoreDirectory {
  private static final Pattern CHUNK = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TEMPORARY = Pattern.compile("[0-9a-f]{64}\\.tmp[0-9]+");
  private static final Pattern FAN_OUT = Pattern.compile("[0-9a-f]{2}");
  private static final int FAN_OUT_DIGITS = 2;

  private final Path root;
  private final AtomicLong temporaries = new AtomicLong();

  /** A chunk's file as it was found. */
  record Found(Digest chunk, int length, FileTime written) {}

  private StoreDirectory(Path root) {
    this.root = root;
  }

  /** That in {@code dir}, which may be a link to a directory, and is made if it is not there. */
  static StoreDirectory open(Path dir) throws IOException {
    Files.createDirectories(dir);
    return new StoreDirectory(dir.toRealPath());
  }

  Path fileOf(Digest chunk) {
    String name = chunk.toString();
    return root.resolve(name.substring(0, FAN_OUT_DIGITS)).resolve(name);
  }

  /** Deletes what a crash left and finds the chunks, the least recently written first. */
  List<Found> scan() throws IOException {
    List<Found> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        Set.of(),
        2,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path d, BasicFileAttributes attributes) {
            return isOurs(d) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          // A directory is opened before it is known to be none of ours.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (isOurs(file) || isInItsPlace(file, file.getFileName().toString())) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            visit(file, attributes, found);
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(Found::written));
    return found;
  }

  private boolean isOurs(Path directory) {
    return directory.equals(root) || FAN_OUT.matcher(directory.getFileName().toString()).matches();
  }

  private void visit(Path file, BasicFileAttributes attributes, List<Found> found)
      throws IOException {
    String name = file.getFileName().toString();
    boolean ours = attributes.isRegularFile() && isInItsPlace(file, name);
    if (!ours) {
      return;
    }
    if (TEMPORARY.matcher(name).matches() || attributes.size() == 0) {
      Files.deleteIfExists(file);
    } else if (CHUNK.matcher(name).matches() && attributes.size() <= ChunkRef.MAX_LENGTH) {
      found.add(
          new Found(Digest.parse(name), (int) attributes.size(), attributes.lastModifiedTime()));
    }
  }

  private boolean isInItsPlace(Path file, String name) {
    return (CHUNK.matcher(name).matches() || TEMPORARY.matcher(name).matches())
        && root.resolve(name.substring(0, FAN_OUT_DIGITS)).resolve(name).equals(file);
  }

  /** Writes {@code bytes} beside the chunk's file and renames, so that it is whole or absent. */
  void write(Digest chunk, ByteBuffer bytes) throws IOException {
    Path file = fileOf(chunk);
    Files.createDirectories(file.getParent());
    Path temporary =
        file.resolveSibling(file.getFileName() + ".tmp" + temporaries.getAndIncrement());
    try {
      writeAll(temporary, bytes);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static void writeAll(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = bytes.duplicate();
      while (rest.hasRemaining()) {
        out.write(rest);
      }
    }
  }

  ByteBuffer map(Digest chunk) throws IOException {
    try (FileChannel in = FileChannel.open(fileOf(chunk), StandardOpenOption.READ)) {
      return in.map(FileChannel.MapMode.READ_ONLY, 0, in.size());
    }
  }

  void delete(Digest chunk) throws IOException {
    Files.deleteIfExists(fileOf(chunk));
  }
}
