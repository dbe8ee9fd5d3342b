package io.codeploy.multicopy.progress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of a file, counted as copied as it is read, and at its end as one that is done. */
public final class Counted extends FilterInputStream {
  private final Progress progress;
  private boolean ended;

  public Counted(InputStream in, Progress progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    if (n >= 0) {
      progress.bytes(n);
    } else if (!ended) {
      ended = true;
      progress.file();
    }
    return n;
  }
}
