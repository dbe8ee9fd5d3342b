package io.codeploy.multiquery.systemssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A private directory for control sockets, which others could log in through. */
final class ControlDirectory implements AutoCloseable {
  /** Of the name of a socket, on the stingiest system; ssh first adds 17 bytes of its own. */
  private static final int MAX_SOCKET_BYTES = 103 - 17;

  private static final int LONGEST_NAME_BYTES = 10;

  private final Path path;
  private final AtomicInteger count = new AtomicInteger();

  private ControlDirectory(Path path) {
    this.path = path;
  }

  /** Makes it, with mode 0700, below {@code parent}. */
  static ControlDirectory in(Path parent) throws IOException {
    ControlDirectory made = new ControlDirectory(Files.createTempDirectory(parent, "mq"));
    int bytes = made.path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes + LONGEST_NAME_BYTES > MAX_SOCKET_BYTES) {
      made.close();
      throw new IOException(
          "the path of the temporary directory " + parent + " is too long for sockets of ssh");
    }
    return made;
  }

  /** A name that was not there before. */
  Path fresh() {
    return path.resolve(Integer.toString(count.incrementAndGet(), Character.MAX_RADIX));
  }

  /** Removes it and what is in it; what cannot be removed stays. */
  @Override
  public void close() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        Files.deleteIfExists(entry);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // A temporary directory; the system clears it away.
    }
  }
}
