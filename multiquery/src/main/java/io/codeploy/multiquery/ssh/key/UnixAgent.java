package io.codeploy.multiquery.ssh.key;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A few connections to ssh-agent over its unix socket, shared by all sessions of a run. The
 * protocol has no numbers to tell answers apart, so a connection has one request at a time; one
 * that waits for a finger on a hardware key does not hold up the others. Messages are those of
 * MINA's proxy (draft-miller-ssh-agent), which asks for SHA-2 signatures of RSA keys. Calls block,
 * so they must not come from an I/O thread; interruption ends them.
 */
final class UnixAgent extends AbstractAgentProxy {
  /** Answers are a few kilobytes; this holds a thousand RSA keys. */
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private static final int MOST_CONNECTIONS = 8;
  private static final byte REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;

  private final Path socket;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final ConcurrentLinkedQueue<SocketChannel> idle = new ConcurrentLinkedQueue<>();
  private final Set<SocketChannel> all = ConcurrentHashMap.newKeySet();

  UnixAgent(Path socket) {
    super(null);
    this.socket = socket;
  }

  /** The public keys that the agent signs with; those of kinds that are not known are left out. */
  List<PublicKey> keys() throws IOException {
    Buffer answer = request(prepare(createBuffer(REQUEST_IDENTITIES)));
    if (answer.getUByte() != IDENTITIES_ANSWER) {
      throw new IOException("ssh-agent does not list its keys");
    }
    int count = answer.getInt();
    List<PublicKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] blob = answer.getBytes();
      answer.getString();
      PublicKey key = parsed(blob);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static @Nullable PublicKey parsed(byte[] blob) {
    try {
      return new ByteArrayBuffer(blob).getRawPublicKey();
    } catch (Exception e) {
      // One key of a kind to come must not hide the others.
      return null;
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  protected Buffer request(Buffer request) throws IOException {
    byte[] bytes = request.getCompactData();
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while ssh-agent was busy");
    }
    try {
      SocketChannel used = idle.poll();
      if (used != null) {
        try {
          return exchange(used, bytes);
        } catch (IOException e) {
          if (Thread.currentThread().isInterrupted()) {
            throw e;
          }
          // The agent may have been restarted since the last request.
        }
      }
      return exchange(connected(), bytes);
    } finally {
      free.release();
    }
  }

  private SocketChannel connected() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    all.add(channel);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      discard(channel);
      throw e;
    }
  }

  /** Sends and receives; afterwards the connection is idle, or gone if that failed. */
  private Buffer exchange(SocketChannel channel, byte[] request) throws IOException {
    boolean whole = false;
    try {
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      int length = read(channel, Integer.BYTES).getInt();
      if (length < 1 || length > MAX_ANSWER_BYTES) {
        throw new IOException("ssh-agent answered with a length of " + length);
      }
      Buffer answer = new ByteArrayBuffer(read(channel, length).array());
      whole = true;
      return answer;
    } finally {
      if (whole) {
        idle.add(channel);
      } else {
        discard(channel);
      }
    }
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

  private void discard(SocketChannel channel) {
    all.remove(channel);
    try {
      channel.close();
    } catch (IOException e) {
      // It is given up either way.
    }
  }

  /** Ends all connections, also those with a request under way. */
  @Override
  public void close() {
    all.forEach(this::discard);
  }
}
