package io.codeploy.chunkcache.swarm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;
import okhttp3.Response;

/** Bytes of a known number on their way in, perhaps through several requests. */
final class Download {
  private final byte[] content;
  private final IntConsumer arrived;
  private int have;

  /** {@code arrived} is told of bytes as they come. */
  Download(int length, IntConsumer arrived) {
    this.content = new byte[length];
    this.arrived = arrived;
  }

  int have() {
    return have;
  }

  boolean complete() {
    return have == content.length;
  }

  byte[] content() {
    return content;
  }

  /**
   * Reads the rest from the body of {@code response}.
   *
   * @throws IOException if it breaks or ends before; what came until then is kept
   */
  void readFrom(Response response) throws IOException {
    readFrom(response, content.length - have);
  }

  /** Reads the next {@code length} bytes from the body of {@code response}. */
  void readFrom(Response response, int length) throws IOException {
    InputStream body = response.body().byteStream();
    int end = have + length;
    while (have < end) {
      int count = body.read(content, have, end - have);
      if (count < 0) {
        throw new EOFException("the body ends " + (end - have) + " bytes early");
      }
      have += count;
      arrived.accept(count);
    }
  }
}
