package io.codeploy.multiquery.ssh.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the kernel says of this machine and of our user, as Linux tells it; elsewhere nothing. */
public final class ThisMachine {
  private static final Path SELF = Path.of("/proc/self");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private ThisMachine() {}

  /** The number of our user. */
  public static Optional<String> userId() {
    try {
      return Optional.of(String.valueOf(Files.getAttribute(SELF, "unix:uid")));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** The name of this machine, as {@code uname -n} prints it. */
  static Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(HOST_NAME).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The same up to the first dot. */
  static Optional<String> shortHostName() {
    return hostName().map(name -> name.split("\\.", 2)[0]);
  }
}
