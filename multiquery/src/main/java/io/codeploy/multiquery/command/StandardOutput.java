package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The process's standard output, under its {@code PrintStream}, which would keep to itself that
 * nothing can be written any more: it tells of the first failure, and swallows what comes after it.
 */
final class StandardOutput extends ArrayOutput {
  private final OutputStream out;
  private final Runnable onFailure;
  // Written by whoever writes in vain, one at a time under the lock of the PrintStream.
  private volatile Optional<IOException> failure = Optional.empty();

  /**
   * @param onFailure called once, by the thread that writes
   */
  StandardOutput(OutputStream out, Runnable onFailure) {
    this.out = out;
    this.onFailure = onFailure;
  }

  /** Why writing ended early. */
  Optional<IOException> failure() {
    return failure;
  }

  /** Whether that is because nobody reads any more, as after {@code | head}. */
  boolean unread() {
    return failure.filter(e -> String.valueOf(e.getMessage()).contains("Broken pipe")).isPresent();
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    if (failure.isEmpty()) {
      try {
        out.write(bytes, offset, count);
      } catch (IOException e) {
        failure = Optional.of(e);
        onFailure.run();
      }
    }
  }
}
