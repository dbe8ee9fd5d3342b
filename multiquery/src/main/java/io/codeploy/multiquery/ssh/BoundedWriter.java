package io.codeploy.multiquery.ssh;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.common.channel.throttle.ChannelStreamWriter;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Lets a few packets of a channel's input wait for the socket and no more. MINA itself queues as
 * many as the peer's window takes, 2 MiB for each node, which live for so long that the collector
 * takes them for permanent. Who carries the input is a virtual thread of ours and waits; the
 * threads of I/O, which may send the last bytes, never do.
 */
final class BoundedWriter implements ChannelStreamWriter {
  private static final int PACKETS = 4;

  private final AbstractClientChannel channel;
  private final Queue<IoWriteFuture> waiting = new ArrayDeque<>();
  private final AtomicBoolean open = new AtomicBoolean(true);

  private final Runnable first;
  private boolean begun;

  private BoundedWriter(AbstractClientChannel channel, Runnable first) {
    this.channel = channel;
    this.first = first;
  }

  /**
   * Has the input of {@code channel}, which is not open yet, go this way.
   *
   * @param first run as the first packet comes, for which the peer has given room
   */
  static <C extends AbstractClientChannel> C on(C channel, Runnable first) {
    channel.setChannelStreamWriterResolver((any, command) -> new BoundedWriter(channel, first));
    return channel;
  }

  @Override
  public IoWriteFuture writeData(Buffer buffer) throws IOException {
    if (!begun) {
      begun = true;
      first.run();
    }
    if (!Thread.currentThread().isVirtual()) {
      return channel.writePacket(buffer);
    }
    IoWriteFuture written = write(buffer);
    waiting.add(written);
    while (waiting.size() > PACKETS) {
      waiting.remove().await();
    }
    return written;
  }

  private IoWriteFuture write(Buffer buffer) throws IOException {
    SteadyExecutor.runsItself(true);
    try {
      return channel.writePacket(buffer);
    } finally {
      SteadyExecutor.runsItself(false);
    }
  }

  @Override
  public boolean isOpen() {
    return open.get();
  }

  @Override
  public void close() {
    open.set(false);
  }
}
