package io.codeploy.multicopy.pull;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who uses a stage: a process of a host. */
record StageOwner(long pid, String host) {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  /** This process. */
  static StageOwner current() throws IOException {
    String host =
        Files.isReadable(LINUX)
            ? Files.readString(LINUX).strip()
            : InetAddress.getLocalHost().getHostName();
    return new StageOwner(ProcessHandle.current().pid(), host);
  }

  /** Whether a process of this host is there. */
  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
