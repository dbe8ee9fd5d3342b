package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Takes what a node sends, piece by piece, and remembers why it did not take more: of who hands the
 * bytes in, only the failure of the channel is heard.
 */
abstract class CheckedOutput extends ArrayOutput {
  private final Progress progress;
  private Optional<IOException> failure = Optional.empty();

  CheckedOutput(Progress progress) {
    this.progress = progress;
  }

  /** Why no more is taken, if so. */
  final Optional<IOException> failure() {
    return failure;
  }

  /** Takes a piece, or throws where it does not fit. */
  abstract void take(byte[] bytes, int offset, int length) throws IOException;

  @Override
  public final void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      take(bytes, offset, length);
      progress.step();
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
      throw e;
    }
  }
}
