package io.codeploy.multicopy.command;

import java.io.IOException;
import java.nio.file.Path;

/** A small file system in memory. */
final class Tmpfs {
  private Tmpfs() {}

  /** Says whether it could be mounted. */
  static boolean mount(Path at, String options) throws IOException, InterruptedException {
    return run("mount", "-t", "tmpfs", "-o", options, "none", at.toString());
  }

  static void unmount(Path at) throws IOException, InterruptedException {
    run("umount", "-l", at.toString());
  }

  private static boolean run(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
