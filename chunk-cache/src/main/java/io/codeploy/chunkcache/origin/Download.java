package io.codeploy.chunkcache.origin;

import io.codeploy.chunkcache.wire.Reply;
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

  /** Asks for the bytes after the first {@code have} and reads them. */
  interface Attempt {
    /** A failure that says what to do, or that of a transfer that breaks. */
    void run(int have) throws IOException;
  }

  /**
   * All bytes. A transfer that breaks after some of them goes on from there, at once.
   *
   * @throws IOException what says what to do, as it is; else a message that names {@code url}
   */
  byte[] from(String url, Attempt attempt) throws IOException {
    while (have < content.length) {
      int before = have;
      try {
        attempt.run(have);
      } catch (OriginBusyException | OriginRefusedException | OriginFailedException e) {
        throw e;
      } catch (IOException e) {
        if (have == before) {
          throw new IOException("origin " + url + ": " + Web.reason(e), e);
        }
      }
    }
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

  /** The same of {@code reply}. */
  void readFrom(Reply reply) throws IOException {
    reply.read(content, have, content.length - have, this::came);
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
      came(count);
    }
  }

  private void came(int count) {
    have += count;
    arrived.accept(count);
  }
}
