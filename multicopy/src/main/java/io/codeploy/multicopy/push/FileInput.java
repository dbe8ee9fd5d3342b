package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.ChangedException;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multiquery.connect.ArrayInput;
import io.codeploy.multiquery.connect.FileTrouble;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** A file as it was listed, from some point on: exactly so many bytes, or an exception. */
final class FileInput extends ArrayInput {
  private final SourceEntry entry;
  private final InputStream file;
  private long left;

  /**
   * Opens it.
   *
   * @throws ChangedException if it is not there any more, or ends before {@code from}
   */
  FileInput(SourceEntry entry, long from) throws IOException {
    this.entry = entry;
    this.file = open(entry);
    this.left = entry.size() - from;
    if (from > 0) {
      begin(from);
    }
  }

  /** By path: a name that is no text cannot be had from a File. */
  private static InputStream open(SourceEntry entry) throws IOException {
    try {
      return Files.newInputStream(entry.path());
    } catch (NoSuchFileException e) {
      throw new ChangedException(entry);
    }
  }

  /** Nobody else closes what was not made. */
  private void begin(long from) throws IOException {
    try {
      file.skipNBytes(from);
    } catch (EOFException e) {
      file.close();
      throw new ChangedException(entry);
    } catch (IOException e) {
      file.close();
      throw FileTrouble.named(entry.path(), e);
    }
  }

  /**
   * As always, but that it fails at the end if the file has changed since it was listed.
   *
   * @throws ChangedException if so
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = readSome(bytes, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw new ChangedException(entry);
    }
    left -= n;
    if (left == 0) {
      check();
    }
    return n;
  }

  private int readSome(byte[] bytes, int offset, int length) throws IOException {
    try {
      return file.read(bytes, offset, length);
    } catch (IOException e) {
      throw FileTrouble.named(entry.path(), e);
    }
  }

  private void check() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(entry.path(), BasicFileAttributes.class);
      Instant time = now.lastModifiedTime().toInstant();
      if (now.size() != entry.size()
          || time.getEpochSecond() != entry.seconds()
          || time.getNano() != entry.nanos()) {
        throw new ChangedException(entry);
      }
    } catch (NoSuchFileException e) {
      throw new ChangedException(entry);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
