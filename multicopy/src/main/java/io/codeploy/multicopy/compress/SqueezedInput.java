package io.codeploy.multicopy.compress;

import io.codeploy.multiquery.connect.ArrayInput;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream in blocks of a codec, each compressed or not: as the link turns out to be, which shows
 * in how long the reader is away between two reads. One thread.
 */
public final class SqueezedInput extends ArrayInput {
  private final InputStream in;
  private final Codec codec;
  private final Gain gain;
  private final boolean always;
  private final TimeSource time;
  private final byte[] block = new byte[Codec.BLOCK_BYTES];
  private byte[] ready = new byte[0];
  private int at;
  private long awayNanos;
  private long leftNanos;

  /**
   * Reads nothing yet.
   *
   * @param in whose first bytes were looked at, and promise {@code hope}
   * @param always whether also blocks are compressed for which it does not pay
   */
  SqueezedInput(InputStream in, Codec codec, double hope, boolean always, TimeSource time) {
    this.in = in;
    this.codec = codec;
    this.gain = new Gain(hope, codec.bytesPerSecond());
    this.always = always;
    this.time = time;
    this.leftNanos = time.nanoTime();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    awayNanos += time.nanoTime() - leftNanos;
    int filled = 0;
    while (filled < length && (at < ready.length || next())) {
      int n = Math.min(length - filled, ready.length - at);
      System.arraycopy(ready, at, bytes, offset + filled, n);
      at += n;
      filled += n;
    }
    leftNanos = time.nanoTime();
    return filled == 0 && length > 0 ? -1 : filled;
  }

  private boolean next() throws IOException {
    int length = in.readNBytes(block, 0, block.length);
    if (length == 0) {
      return false;
    }
    if (ready.length > 0) {
      gain.sent(ready.length, awayNanos);
    }
    awayNanos = 0;
    at = 0;
    if (always || gain.pays()) {
      long start = time.nanoTime();
      ready = codec.squeeze(block, length);
      gain.squeezed(length, ready.length, time.nanoTime() - start);
    } else {
      ready = codec.wrap(block, length);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
