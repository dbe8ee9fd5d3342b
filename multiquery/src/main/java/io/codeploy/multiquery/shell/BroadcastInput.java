package io.codeploy.multiquery.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Input that was read once, to its end, for any number of nodes: in memory up to a megabyte, beyond
 * that in a temporary file, which {@link #close} deletes. Any number of readers at once.
 */
public final class BroadcastInput implements AutoCloseable {
  private static final int MEMORY_BYTES = 1 << 20;

  private final byte[] memory;
  private final Optional<Path> file;
  private final long length;

  private BroadcastInput(byte[] memory, Optional<Path> file, long length) {
    this.memory = memory;
    this.file = file;
    this.length = length;
  }

  /**
   * Reads {@code from} to its end.
   *
   * @param temporaryDirectory where a large input goes
   */
  public static BroadcastInput read(InputStream from, Path temporaryDirectory) throws IOException {
    byte[] first = from.readNBytes(MEMORY_BYTES);
    int next = first.length < MEMORY_BYTES ? -1 : from.read();
    if (next < 0) {
      return new BroadcastInput(first, Optional.empty(), first.length);
    }
    Path file = Files.createTempFile(temporaryDirectory, "multiquery", ".in");
    try (OutputStream to = Files.newOutputStream(file)) {
      to.write(first);
      to.write(next);
      from.transferTo(to);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new BroadcastInput(new byte[0], Optional.of(file), Files.size(file));
  }

  long length() {
    return length;
  }

  /** All of it, from the start; the caller closes it. */
  InputStream open() {
    try {
      return file.isEmpty()
          ? new ByteArrayInputStream(memory)
          : Files.newInputStream(file.orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
