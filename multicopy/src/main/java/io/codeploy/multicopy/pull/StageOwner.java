package io.codeploy.multicopy.pull;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Who uses a stage: a process of a host.
 *
 * @param user whose process it is, as owners of files are called
 */
record StageOwner(long pid, String host, String user) {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");
  private static final Path SELF = Path.of("/proc/self");

  /** This process. */
  static StageOwner current() throws IOException {
    String host =
        Files.isReadable(LINUX)
            ? Files.readString(LINUX).strip()
            : InetAddress.getLocalHost().getHostName();
    ProcessHandle process = ProcessHandle.current();
    String user =
        Files.exists(SELF)
            ? Files.getOwner(SELF).getName()
            : process.info().user().orElse("unknown");
    return new StageOwner(process.pid(), host, user);
  }

  /**
   * Whether {@code stage} is a directory of this user's; where anybody may make one, not all are.
   */
  boolean owns(Path stage) throws IOException {
    return Files.isDirectory(stage, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(stage, LinkOption.NOFOLLOW_LINKS).getName().equals(user);
  }

  /** Whether a process of this host is there. */
  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
