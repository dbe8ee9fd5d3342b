package io.codeploy.agent.apply;

import io.codeploy.agent.plan.Change.WriteFile;
import io.codeploy.chunkcache.manifest.ChunkUses;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

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
    for (WriteFile change : changes) {
      files.put(change.file().path(), new StagedFile(stage, change, files.size()));
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

  /** The chunks from which files that are not complete take something. */
  BitSet wanted() {
    BitSet wanted = new BitSet();
    files.values().stream()
        .filter(StagedFile::filling)
        .flatMap(file -> file.file().slices().stream())
        .forEach(slice -> wanted.set(slice.chunk()));
    return wanted;
  }

  /**
   * Writes a chunk to where it belongs. An error at a file is that file's.
   *
   * @throws IOException if the disk is full, as nothing can be written then
   */
  void put(int chunk, ByteBuffer plain) throws IOException {
    if (!takeOnce(chunk)) {
      return;
    }
    for (ChunkUses.Use use : uses.of(chunk)) {
      if (fills(use.file().path())) {
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
