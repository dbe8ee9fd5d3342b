package io.codeploy.multiquery.warm.wire;

import io.codeploy.multiquery.socket.LocalSocket;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames over a socket. One thread receives; any may send. A thread that is interrupted while it
 * does either closes the socket.
 */
public final class Wire implements AutoCloseable {
  private static final int HEADER_BYTES = 5;
  private static final int BUFFER_BYTES = 8 << 10;

  private final LocalSocket socket;

  /** Held over the write: frames must not mix. Who waits for it waits for the same socket. */
  private final ReentrantLock sending = new ReentrantLock();

  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();

  /**
   * @param socket closed with this
   */
  public Wire(LocalSocket socket) {
    this.socket = socket;
  }

  /** Sends all of {@code frames}, with no other between them. */
  public void send(Frame... frames) throws IOException {
    int length = 0;
    for (Frame frame : frames) {
      length += HEADER_BYTES + frame.content().length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (Frame frame : frames) {
      if (frame.content().length > frame.type().maxBytes()) {
        throw new ProtocolException(frame + " is too long");
      }
      out.put(frame.type().code()).putInt(frame.content().length).put(frame.content());
    }
    out.flip();
    sending.lock();
    try {
      socket.write(out);
    } finally {
      sending.unlock();
    }
  }

  /** Whether something has come that was not received yet. */
  public boolean hasMore() {
    return received.hasRemaining();
  }

  /** The next frame; empty when the other end has closed its side after a whole one. */
  public Optional<Frame> receive() throws IOException {
    if (!fill()) {
      return Optional.empty();
    }
    byte code = received.get();
    FrameType type =
        FrameType.of(code)
            .orElseThrow(() -> new ProtocolException("a frame of the unknown type " + code));
    int length = received.getInt();
    if (length < 0 || length > type.maxBytes()) {
      throw new ProtocolException("a " + type + " frame of " + length + " bytes");
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    int here = Math.min(length, received.remaining());
    content.put(received.slice(received.position(), here));
    received.position(received.position() + here);
    while (content.hasRemaining()) {
      if (socket.read(content) < 0) {
        throw new EOFException("the socket was closed within a frame");
      }
    }
    return Optional.of(new Frame(type, content.array()));
  }

  /** Has a header at hand; false at the end. */
  private boolean fill() throws IOException {
    while (received.remaining() < HEADER_BYTES) {
      received.compact();
      int n = socket.read(received);
      received.flip();
      if (n < 0 && received.hasRemaining()) {
        throw new EOFException("the socket was closed within a frame");
      }
      if (n < 0) {
        return false;
      }
    }
    return true;
  }

  /** The next frame, which has to be {@code type}. */
  public Fields expect(FrameType type) throws IOException {
    Frame frame = next();
    if (frame.type() != type) {
      throw new ProtocolException(frame.type() + " instead of " + type);
    }
    return frame.fields();
  }

  /** The next frame, which has to come. */
  public Frame next() throws IOException {
    return receive().orElseThrow(() -> new EOFException("the socket was closed"));
  }

  /** Tells the other end that nothing more comes. */
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() {
    socket.close();
  }
}
