package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.ArrayInput;
import io.codeploy.multiquery.connect.ArrayOutput;
import io.codeploy.multiquery.connect.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.channel.ChannelPipedInputStream;

/**
 * A channel as two streams. What the other end sends waits in a buffer of the size of the channel's
 * window. A connection that is lost is not taken for the end of the stream.
 */
final class ChannelStream implements ByteStream {
  private final Channels.Opened<? extends AbstractClientChannel> opened;
  private final InputStream in;
  private final OutputStream out;

  ChannelStream(Channels.Opened<? extends AbstractClientChannel> opened) {
    this.opened = opened;
    this.in = new In(opened.channel().getInvertedOut());
    this.out = new Out(opened.channel().getInvertedIn());
    endWithTheirs(opened.channel());
  }

  /**
   * MINA ends what comes with the channel only, which stays half open after the other end has ended
   * its half: nobody would see that a process behind a forwarded port is gone.
   */
  private static void endWithTheirs(AbstractClientChannel channel) {
    if (channel.getInvertedOut() instanceof ChannelPipedInputStream pipe) {
      channel.addChannelListener(
          new ChannelListener() {
            @Override
            public void channelStateChanged(Channel any, String hint) {
              endAtEof(channel, pipe);
            }
          });
      // It may have come before.
      endAtEof(channel, pipe);
    }
  }

  private static void endAtEof(AbstractClientChannel channel, ChannelPipedInputStream pipe) {
    if (channel.isEofSignalled()) {
      pipe.eof();
    }
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
  public void close() throws IOException {
    opened.close();
    opened.channel().getInvertedOut().close();
  }

  /** MINA clears the flag of an interrupted reader; who reads this stream should still see it. */
  private static void restoreInterruption(InterruptedIOException e) {
    try {
      MinaFailures.rethrowInterruption(e);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  private final class In extends ArrayInput {
    private final InputStream from;

    In(InputStream from) {
      this.from = from;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read;
      try {
        read = from.read(bytes, offset, length);
      } catch (InterruptedIOException e) {
        restoreInterruption(e);
        throw e;
      }
      if (read < 0 && !opened.channel().isEofSignalled() && !opened.session().isOpen()) {
        throw opened.lost();
      }
      return read;
    }

    @Override
    public int available() throws IOException {
      return Math.max(0, from.available());
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }

  private static final class Out extends ArrayOutput {
    private final OutputStream to;

    Out(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        to.write(bytes, offset, length);
      } catch (InterruptedIOException e) {
        restoreInterruption(e);
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        to.flush();
      } catch (InterruptedIOException e) {
        restoreInterruption(e);
        throw e;
      }
    }

    /** Tells the other end that nothing more comes. */
    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
