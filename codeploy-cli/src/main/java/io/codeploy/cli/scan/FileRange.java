package io.codeploy.cli.scan;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A run of bytes of a file. */
final class FileRange {
  private FileRange() {}

  /** Fills {@code target} with what is in {@code file} from {@code offset}. */
  static void read(Path file, long offset, ByteBuffer target) throws IOException {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long at = offset;
      while (target.hasRemaining()) {
        int got = in.read(target, at);
        if (got < 0) {
          throw new EOFException(file + " ends at " + at);
        }
        at += got;
      }
    }
  }
}
