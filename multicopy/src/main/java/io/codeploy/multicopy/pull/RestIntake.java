package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import java.io.IOException;

/** Takes the rest of one file that was opened, and not much more. */
final class RestIntake extends CheckedOutput {
  private final Incoming file;
  private long taken;

  RestIntake(Incoming file, Progress progress) {
    super(progress);
    this.file = file;
  }

  @Override
  void take(byte[] bytes, int offset, int length) throws IOException {
    taken += length;
    if (taken - file.listed().size() > Intake.SURPLUS_BYTES) {
      throw Problems.failure(
          RemoteSource.text(file.path()) + ": has become much longer; copy again");
    }
    file.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    file.finish();
  }
}
