package io.codeploy.multicopy.progress;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Takes what a node says for as long as that is of a length that it may have. */
public final class Bounded extends FilterOutputStream {
  private int left;

  public Bounded(OutputStream out, int limitBytes) {
    super(out);
    this.left = limitBytes;
  }

  @Override
  public void write(int b) throws IOException {
    if (left-- == 0) {
      throw new IOException("the node tells more than there can be");
    }
    out.write(b);
  }
}
