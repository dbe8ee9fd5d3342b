package io.codeploy.agent.apply;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Whether there is room for a deployment. */
final class DiskSpace {
  private DiskSpace() {}

  /**
   * Checks that the files to be written fit beside those that they replace, where the file system
   * tells what is free.
   *
   * @throws IOException if not, with both figures
   */
  static void require(Path root, long needed) throws IOException {
    File disk = root.toFile();
    // Not by its FileStore, which must find a mount point and does not where the root is none.
    long usable = disk.getUsableSpace();
    if (needed > usable && disk.getTotalSpace() > 0) {
      throw new IOException(
          "no space left on the node's disk: %,d bytes are needed and %,d free; free some and deploy again"
              .formatted(needed, usable));
    }
  }

  /** Whether the disk or the login's quota is full. */
  static boolean isExhausted(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left") || message.contains("quota exceeded");
  }
}
