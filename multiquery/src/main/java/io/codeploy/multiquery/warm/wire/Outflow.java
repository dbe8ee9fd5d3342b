package io.codeploy.multiquery.warm.wire;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;

/** An output as frames of one type, none larger than they may be. */
public class Outflow extends ArrayOutput {
  private final Wire wire;
  private final FrameType type;

  /** What is written goes to {@code wire}. */
  public Outflow(Wire wire, FrameType type) {
    this.wire = wire;
    this.type = type;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += FrameType.MAX_DATA_BYTES) {
      int n = Math.min(FrameType.MAX_DATA_BYTES, length - done);
      wire.send(Frame.data(type, bytes, offset + done, n));
    }
  }
}
