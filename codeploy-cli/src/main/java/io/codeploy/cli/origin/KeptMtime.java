package io.codeploy.cli.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Changes to a directory that leave no trace in its mtime. */
final class KeptMtime {
  /** A change. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  private KeptMtime() {}

  /** Makes {@code change} in {@code dir}. */
  static void during(Path dir, Change change) throws IOException {
    FileTime mtime = Files.getLastModifiedTime(dir);
    change.make();
    try {
      Files.setLastModifiedTime(dir, mtime);
    } catch (IOException e) {
      // Only the owner may; who merely has write permission deploys none the worse.
    }
  }
}
