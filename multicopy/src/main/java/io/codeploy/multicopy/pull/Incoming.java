package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Digest;
import io.codeploy.multicopy.source.Xattrs;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A file on its way into the stage: exactly as many bytes as were listed, then its mode and time.
 * Written by one thread at a time.
 */
final class Incoming implements Closeable {
  /** What is said of one that is not what it was. */
  static final String CHANGED = "changed while it was sent; copy again";

  private static final int BUFFER_BYTES = 128 << 10;

  private final String path;
  private final Found listed;
  private final Path staged;
  private final Progress progress;
  private Optional<OutputStream> out = Optional.empty();
  private Optional<MessageDigest> digest = Optional.empty();
  private String sum = "";
  private long written;
  private boolean begun;
  private Map<String, byte[]> xattrs = Map.of();
  private boolean arrived;

  /**
   * Nothing of it is here.
   *
   * @param path on the node, in wire form
   * @param staged where it goes; its directory is there when bytes come
   */
  Incoming(String path, Found listed, Path staged, Progress progress) {
    this.path = path;
    this.listed = listed;
    this.staged = staged;
    this.progress = progress;
  }

  String path() {
    return path;
  }

  Found listed() {
    return listed;
  }

  Path staged() {
    return staged;
  }

  /** How many bytes of it are here. */
  long written() {
    return written;
  }

  /** Whether all of it is here, and nobody has found fault with it. */
  boolean arrived() {
    return arrived;
  }

  /** SHA-256 in hexadecimal, of one that has arrived. */
  String sum() {
    return sum;
  }

  /** What an earlier run left of it counts: all, or where it was cut off. */
  void resume(long bytes) {
    written = bytes;
  }

  /** Whether the node began to send it. */
  boolean isBegun() {
    return begun;
  }

  /** The node sends something else in its place. */
  void change() {
    begun = true;
  }

  /** It has these extended attributes. */
  void has(Map<String, byte[]> attributes) {
    xattrs = Map.copyOf(attributes);
  }

  /** It has the extended attributes of {@code other}, of which it is another name. */
  void hasThoseOf(Incoming other) {
    xattrs = other.xattrs;
  }

  /** Begins. What is there already is read for its digest. */
  void open() throws IOException {
    begun = true;
    MessageDigest fresh = Digest.sha256();
    if (written > 0) {
      readAgain(fresh);
    } else {
      Files.deleteIfExists(staged);
    }
    digest = Optional.of(fresh);
    out =
        Optional.of(
            Files.newOutputStream(
                staged,
                written > 0 ? StandardOpenOption.APPEND : StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
  }

  private void readAgain(MessageDigest into) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(staged, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        into.update(buffer, 0, n);
        progress.step();
      }
    }
  }

  /** Takes what it still lacks of these bytes; the rest is dropped. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    int taken = (int) Math.min(length, listed.size() - written);
    if (taken > 0) {
      try {
        out.orElseThrow().write(bytes, offset, taken);
      } catch (IOException e) {
        throw new FileSystemException(staged.toString(), null, e.getMessage());
      }
      digest.orElseThrow().update(bytes, offset, taken);
      written += taken;
      progress.bytes(taken);
    }
  }

  /** Counts as arrived what an earlier run left whole. */
  void keep() throws IOException {
    MessageDigest fresh = Digest.sha256();
    Attributes.setMode(staged, 0600);
    readAgain(fresh);
    digest = Optional.of(fresh);
    finish();
  }

  /** Ends one that was opened: with all of its bytes it has arrived. */
  void finish() throws IOException {
    close();
    if (written == listed.size()) {
      sum = HexFormat.of().formatHex(digest.orElseThrow().digest());
      Xattrs.set(staged, xattrs);
      Attributes.set(staged, listed);
      arrived = true;
      progress.file();
    }
    digest = Optional.empty();
  }

  /** It is not what it should be. */
  void reject() throws IOException {
    close();
    arrived = false;
    Files.deleteIfExists(staged);
  }

  @Override
  public void close() throws IOException {
    if (out.isPresent()) {
      OutputStream opened = out.get();
      out = Optional.empty();
      opened.close();
    }
  }
}
