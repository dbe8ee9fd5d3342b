package io.codeploy.multicopy.shell;

import io.codeploy.multicopy.progress.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts as progress whatever comes. */
public final class Stepping extends FilterInputStream {
  private final Progress progress;

  public Stepping(InputStream in, Progress progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    progress.step();
    return n;
  }
}
