package io.codeploy.multiquery.ssh.key;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to ssh-agent over its unix socket, shared by all sessions of a run. Messages are
 * those of MINA's proxy (draft-miller-ssh-agent), which asks for SHA-2 signatures of RSA keys.
 * Calls block, so they must not come from an I/O thread.
 */
public final class UnixAgent extends AbstractAgentProxy {
  /** Answers are a few kilobytes; this holds a thousand RSA keys. */
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private final Path socket;

  /** The protocol knows one request at a time: the lock is the queue of those who ask. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock; null until needed, and again after a failure. */
  private @Nullable SocketChannel channel;

  UnixAgent(Path socket) {
    super(null);
    this.socket = socket;
  }

  /** The public keys that the agent signs with. */
  List<PublicKey> keys() throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    for (Map.Entry<PublicKey, String> identity : getIdentities()) {
      keys.add(identity.getKey());
    }
    return keys;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  protected Buffer request(Buffer request) throws IOException {
    byte[] bytes = request.getCompactData();
    lock.lock();
    try {
      boolean fresh = channel == null;
      try {
        return exchange(bytes);
      } catch (IOException e) {
        disconnect();
        if (fresh || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // The agent may have been restarted since the last request.
        return exchange(bytes);
      }
    } finally {
      lock.unlock();
    }
  }

  private Buffer exchange(byte[] request) throws IOException {
    SocketChannel to = channel;
    if (to == null) {
      to = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel = to;
      to.connect(UnixDomainSocketAddress.of(socket));
    }
    ByteBuffer out = ByteBuffer.wrap(request);
    while (out.hasRemaining()) {
      to.write(out);
    }
    int length = read(to, Integer.BYTES).getInt();
    if (length < 1 || length > MAX_ANSWER_BYTES) {
      throw new IOException("ssh-agent answered with a length of " + length);
    }
    return new ByteArrayBuffer(read(to, length).array());
  }

  private static ByteBuffer read(SocketChannel from, int bytes) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(bytes);
    while (in.hasRemaining()) {
      if (from.read(in) < 0) {
        throw new EOFException("ssh-agent hung up");
      }
    }
    return in.flip();
  }

  private void disconnect() {
    SocketChannel old = channel;
    channel = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // It is given up either way.
      }
    }
  }

  /** Ends the connection without waiting for a request that is under way. */
  @Override
  public void close() {
    if (lock.tryLock()) {
      try {
        disconnect();
      } finally {
        lock.unlock();
      }
    }
  }
}
