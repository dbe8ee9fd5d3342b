package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Takes the rest of one file that was opened, and not much more. */
final class RestIntake extends OutputStream {
  private final Incoming file;
  private final Progress progress;
  private long taken;
  private Optional<IOException> failure = Optional.empty();

  RestIntake(Incoming file, Progress progress) {
    this.file = file;
    this.progress = progress;
  }

  /** Why no more is taken, if so. */
  Optional<IOException> failure() {
    return failure;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      taken += length;
      if (taken - file.listed().size() > Intake.SURPLUS_BYTES) {
        throw Problems.failure(
            RemoteSource.text(file.path()) + ": has become much longer; copy again");
      }
      file.write(bytes, offset, length);
      progress.step();
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file.finish();
  }
}
