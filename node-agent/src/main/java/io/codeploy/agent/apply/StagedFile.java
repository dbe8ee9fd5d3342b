package io.codeploy.agent.apply;

import io.codeploy.agent.plan.Change.WriteFile;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file on its way: its staged form, which becomes the file by a rename once its digest was
 * verified. Pieces are written by many threads; the one that brings the last piece verifies.
 */
final class StagedFile {
  private static final int BUFFER_BYTES = 128 << 10;

  private enum Condition {
    /** Bytes are missing. */
    FILLING,
    VERIFIED,
    SPOILT
  }

  private final Stage stage;
  private final WriteFile change;
  private final Path name;
  private final AtomicLong missingBytes;

  /** Written by the thread that brings the last piece or meets an error. */
  private volatile Condition condition = Condition.FILLING;

  StagedFile(Stage stage, WriteFile change, Path name) {
    this.stage = stage;
    this.change = change;
    this.name = name;
    this.missingBytes = new AtomicLong(file().size());
  }

  WriteFile change() {
    return change;
  }

  RegularFile file() {
    return change.file();
  }

  Path name() {
    return name;
  }

  boolean verified() {
    return condition == Condition.VERIFIED;
  }

  boolean filling() {
    return condition == Condition.FILLING;
  }

  /** Takes the file out of the deployment; its error was told. */
  void spoil() {
    condition = Condition.SPOILT;
  }

  /** Makes an empty file. */
  void writeEmpty() throws IOException {
    try (FileChannel channel = stage.open(name)) {
      conclude(digest(channel));
    }
  }

  /**
   * Writes the remaining bytes of {@code piece}, no two calls for the same ones.
   *
   * @throws IOException also if the file is complete and is not what the manifest says
   */
  void write(long offset, ByteBuffer piece) throws IOException {
    int length = piece.remaining();
    boolean whole = length == file().size();
    if (whole) {
      MessageDigest sha256 = Digest.newMessageDigest();
      sha256.update(piece.duplicate());
      requireDigest(Digest.fromBytes(sha256.digest()));
    }
    try (FileChannel channel = stage.open(name)) {
      Holes.write(channel, offset, piece, file().size());
      if (missingBytes.addAndGet(-length) == 0) {
        conclude(whole ? file().digest() : digest(channel));
      }
    }
  }

  /**
   * Takes {@code length} bytes for written, which were found in {@code channel}, this file's.
   *
   * @throws IOException also if the file is complete and is not what the manifest says
   */
  void found(FileChannel channel, long length) throws IOException {
    if (missingBytes.addAndGet(-length) == 0) {
      conclude(digest(channel));
    }
  }

  /**
   * Whether all of {@code channel}, this file's, is what the manifest says; it is complete then.
   */
  boolean foundWhole(FileChannel channel) throws IOException {
    if (channel.size() == file().size() && digest(channel).equals(file().digest())) {
      condition = Condition.VERIFIED;
    }
    return verified();
  }

  /**
   * Copies a file that is said to have the content. It is verified in the stage, since the other
   * file may change meanwhile.
   *
   * @throws IOException also if the content is another one
   */
  void copy(FileChannel from, ByteBuffer buffer) throws IOException {
    try (FileChannel channel = stage.open(name)) {
      Holes.copy(from, channel, file().size(), buffer);
      conclude(digest(channel));
    }
  }

  /** Forgets what was written, so that the content can be had elsewhere. */
  void restart() throws IOException {
    Removal.remove(stage.folder(), name);
    missingBytes.set(file().size());
    condition = Condition.FILLING;
  }

  void setMtime() throws IOException {
    stage.folder().setMtime(name, file().mtime());
  }

  /** Has the disk keep content and mtime. */
  void force() throws IOException {
    try (FileChannel channel = stage.open(name)) {
      channel.force(true);
    }
  }

  /** To be called last, since the mode may be one under which the file cannot be opened. */
  void setMode() throws IOException {
    stage.folder().setMode(name, file().mode());
  }

  private void conclude(Digest digest) throws IOException {
    requireDigest(digest);
    condition = Condition.VERIFIED;
  }

  private void requireDigest(Digest digest) throws IOException {
    if (!digest.equals(file().digest())) {
      throw new IOException("the content that came is not what the manifest says; deploy again");
    }
  }

  private static Digest digest(FileChannel channel) throws IOException {
    MessageDigest sha256 = Digest.newMessageDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long at = 0;
    for (int read = channel.read(buffer, at); read >= 0; read = channel.read(buffer, at)) {
      at += read;
      sha256.update(buffer.flip());
      buffer.clear();
    }
    return Digest.fromBytes(sha256.digest());
  }
}
