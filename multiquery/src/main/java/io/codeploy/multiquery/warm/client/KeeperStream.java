package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.ArrayInput;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.warm.wire.Alarm;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Outflow;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import io.codeploy.multiquery.warm.wire.Values;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A stream over a keeper. */
final class KeeperStream implements ByteStream {
  /** For the keeper to end it; a lease that is closed before that is one that is not kept. */
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final Wire wire;
  private final TimeSource time;
  private final In in = new In();
  private final Out out;
  private final AtomicBoolean closed = new AtomicBoolean();

  KeeperStream(Wire wire, TimeSource time) {
    this.wire = wire;
    this.time = time;
    this.out = new Out();
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (wire;
        Alarm alarm = Alarm.set(wire, GOODBYE, time)) {
      wire.endSending();
      if (in.taking.tryLock()) {
        try {
          in.discard();
        } finally {
          in.taking.unlock();
        }
      }
    } catch (IOException e) {
      // It is closed either way.
    }
  }

  private final class In extends ArrayInput {
    private final ReentrantLock taking = new ReentrantLock();
    private byte[] piece = new byte[0];
    private int offset;
    private boolean ended;

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      taking.lock();
      try {
        while (!ended && offset == piece.length) {
          receive();
        }
        int n = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, bytes, start, n);
        offset += n;
        return n == 0 ? -1 : n;
      } finally {
        taking.unlock();
      }
    }

    private void receive() throws IOException {
      Optional<Frame> frame = wire.receive();
      if (frame.isEmpty()) {
        throw gone();
      }
      switch (frame.get().type()) {
        case DATA -> {
          piece = frame.get().content();
          offset = 0;
        }
        case END -> ended = true;
        case FAILED -> throw new NodeFailedException(Values.failure(frame.get()));
        default -> throw new ProtocolException("an unexpected " + frame.get().type());
      }
    }

    private NodeFailedException gone() {
      return new NodeFailedException(
          new NodeFailure.Disconnected("the keeper of connections is gone"));
    }

    /** What has come and was not asked for. */
    @Override
    public int available() {
      return piece.length - offset;
    }

    private void discard() throws IOException {
      while (wire.receive().isPresent()) {
        piece = new byte[0];
        offset = 0;
      }
    }
  }

  private final class Out extends Outflow {
    private boolean ended;

    Out() {
      super(wire, FrameType.DATA);
    }

    /** Tells the other end that nothing more comes. */
    @Override
    public void close() throws IOException {
      if (!ended) {
        ended = true;
        wire.send(Frame.of(FrameType.END));
      }
    }
  }
}
