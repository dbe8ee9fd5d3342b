package io.codeploy.chunkcache.chunk;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** zstd as a stream, for content that travels as one archive. */
public final class ZstdStreams {
  /** Our own frames have a window of 2 MiB; a foreign one may not take more than 8 MiB here. */
  private static final int MAX_WINDOW_LOG = 23;

  private ZstdStreams() {}

  /**
   * The plain bytes of the frame {@code in}; a read fails with an {@code IOException} where the
   * frame is damaged or cut short. Closing it closes {@code in}.
   */
  public static InputStream inflate(InputStream in) throws IOException {
    return new ZstdInputStream(in).setLongMax(MAX_WINDOW_LOG);
  }

  /** Writes one frame to {@code out}; complete once closed, which closes {@code out} too. */
  public static OutputStream deflate(OutputStream out) throws IOException {
    return new ZstdOutputStream(out, Zstd.LEVEL);
  }
}
