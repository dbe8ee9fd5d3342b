package io.codeploy.multiquery.socket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;

/**
 * A connected unix domain socket whose reads and writes block, for one reader and one writer at a
 * time. As with any channel, who is interrupted while it waits closes it.
 */
public final class LocalSocket implements ByteChannel {
  private final SocketChannel channel;
  private final SocketWatch watch;
  private final SelectionKey key;

  /** A permit for each time that it could be read, and more at its end. */
  private final Semaphore readable = new Semaphore(0);

  private final Semaphore writable = new Semaphore(0);

  /**
   * @param channel connected; belongs to this from now on, also if this fails
   */
  public LocalSocket(SocketChannel channel, SocketWatch watch) throws IOException {
    this.channel = channel;
    this.watch = watch;
    boolean added = false;
    try {
      channel.configureBlocking(false);
      key = watch.add(channel, this);
      added = true;
    } finally {
      if (!added) {
        channel.close();
      }
    }
  }

  /** Connects to the socket at {@code path}; does not wait for room in its queue. */
  public static LocalSocket connect(Path path, SocketWatch watch) throws IOException {
    LocalSocket socket = new LocalSocket(SocketChannel.open(StandardProtocolFamily.UNIX), watch);
    boolean connected = false;
    try {
      connected = socket.channel.connect(UnixDomainSocketAddress.of(path));
      if (!connected) {
        throw new ConnectException(path + " does not take more connections");
      }
      return socket;
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }

  /** The user at the other end, on the kernel's word. */
  public UserPrincipal peer() throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int n = channel.read(to);
    while (n == 0 && to.hasRemaining()) {
      await(SelectionKey.OP_READ, readable);
      n = channel.read(to);
    }
    return n;
  }

  /** Writes all of {@code from}. */
  @Override
  public int write(ByteBuffer from) throws IOException {
    int n = channel.write(from);
    while (from.hasRemaining()) {
      await(SelectionKey.OP_WRITE, writable);
      n += channel.write(from);
    }
    return n;
  }

  private void await(int operation, Semaphore ready) throws IOException {
    try {
      key.interestOpsOr(operation);
    } catch (CancelledKeyException e) {
      throw closed(e);
    }
    if (!watch.look()) {
      close();
    }
    try {
      ready.acquire();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw closed(new ClosedByInterruptException(), e);
    }
  }

  private static IOException closed(Exception cause) {
    return closed(new AsynchronousCloseException(), cause);
  }

  private static IOException closed(IOException thrown, Exception cause) {
    thrown.initCause(cause);
    return thrown;
  }

  /** Called by the watch. */
  void ready(int operations) {
    if ((operations & SelectionKey.OP_READ) != 0) {
      readable.release();
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      writable.release();
    }
  }

  /** Tells the other end that nothing more comes. */
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Who waits for it is told. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is given up either way.
    }
    watch.look();
    ready(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }
}
