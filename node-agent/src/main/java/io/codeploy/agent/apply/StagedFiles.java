package io.codeploy.agent.apply;

import io.codeploy.agent.plan.Change.WriteFile;
import io.codeploy.chunkcache.manifest.ChunkUses;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The files of a deployment whose content is to be written, by path. Chunks come in any order, from
 * many threads, and go to all places where they belong.
 */
final class StagedFiles {
  private final Map<RelativePath, StagedFile> files = new LinkedHashMap<>();
  private final ChunkUses uses;
  private final Problems problems;

  /** Chunks that were put. Guarded by {@link #lock}, which is never held over I/O. */
  private final BitSet taken = new BitSet();

  private final ReentrantLock lock = new ReentrantLock();

  StagedFiles(Stage stage, Manifest manifest, List<WriteFile> changes, Problems problems) {
    StagedNames names = new StagedNames();
    for (WriteFile change : changes) {
      Path name = names.next(change.file().digest());
      files.put(change.file().path(), new StagedFile(stage, change, name));
    }
    this.uses = ChunkUses.of(manifest, changes.stream().map(WriteFile::file).toList());
    this.problems = problems;
  }

  List<StagedFile> all() {
    return List.copyOf(files.values());
  }

  /** The file of this path, if its content is to be written. */
  Optional<StagedFile> find(RelativePath path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The chunks that were not put yet and from which files that are not complete take something. */
  BitSet wanted() {
    BitSet wanted = new BitSet();
    files.values().stream()
        .filter(StagedFile::filling)
        .flatMap(file -> file.file().slices().stream())
        .forEach(slice -> wanted.set(slice.chunk()));
    lock.lock();
    try {
      wanted.andNot(taken);
    } finally {
      lock.unlock();
    }
    return wanted;
  }

  /**
   * Writes a chunk to where it belongs. An error at a file is that file's.
   *
   * @throws IOException if the disk is full, as nothing can be written then
   */
  void put(int chunk, ByteBuffer plain) throws IOException {
    if (takeOnce(chunk)) {
      write(chunk, plain, use -> false);
    }
  }

  /**
   * The same for a chunk that was found in {@code channel}, that of {@code file}, at {@code
   * offset}; there it stays as it is.
   */
  void found(int chunk, ByteBuffer plain, StagedFile file, FileChannel channel, long offset)
      throws IOException {
    if (takeOnce(chunk)) {
      RelativePath path = file.file().path();
      write(chunk, plain, use -> use.fileOffset() == offset && use.file().path().equals(path));
      guard(file, () -> file.found(channel, plain.remaining()));
    }
  }

  /** Whether a chunk was put. */
  boolean has(int chunk) {
    lock.lock();
    try {
      return taken.get(chunk);
    } finally {
      lock.unlock();
    }
  }

  private void write(int chunk, ByteBuffer plain, Predicate<ChunkUses.Use> there)
      throws IOException {
    for (ChunkUses.Use use : uses.of(chunk)) {
      if (!there.test(use) && fills(use.file().path())) {
        write(use, plain.slice(plain.position() + use.chunkOffset(), use.length()));
      }
    }
  }

  /** Writes to a file. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /**
   * Runs {@code writing}; its error becomes that of {@code file}.
   *
   * @throws IOException if the disk is full or the thread was interrupted
   */
  void guard(StagedFile file, Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException e) {
      Interruption.rethrow(e);
      file.spoil();
      problems.add(file.file().path().value(), e);
      if (DiskSpace.isExhausted(e)) {
        throw e;
      }
    }
  }

  private boolean takeOnce(int chunk) {
    lock.lock();
    try {
      boolean first = !taken.get(chunk);
      taken.set(chunk);
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void write(ChunkUses.Use use, ByteBuffer piece) throws IOException {
    StagedFile file = files.get(use.file().path());
    if (file != null) {
      guard(file, () -> file.write(use.fileOffset(), piece));
    }
  }

  private boolean fills(RelativePath path) {
    StagedFile file = files.get(path);
    return file != null && file.filling();
  }
}
