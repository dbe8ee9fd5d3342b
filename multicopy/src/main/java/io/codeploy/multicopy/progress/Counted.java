package io.codeploy.multicopy.progress;

import io.codeploy.multiquery.connect.ArrayInput;
import java.io.IOException;
import java.io.InputStream;

/** The content of a file, counted as copied as it is read, and at its end as one that is done. */
public final class Counted extends ArrayInput {
  private final InputStream in;
  private final Progress progress;
  private boolean ended;

  public Counted(InputStream in, Progress progress) {
    this.in = in;
    this.progress = progress;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    if (n >= 0) {
      progress.bytes(n);
    } else if (!ended) {
      ended = true;
      progress.file();
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
