package io.codeploy.multiquery.connect;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that takes bytes in arrays; a single one is an array of one. */
public abstract class ArrayOutput extends OutputStream {
  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}
