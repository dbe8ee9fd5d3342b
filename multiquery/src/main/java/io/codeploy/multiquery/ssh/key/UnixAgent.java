package io.codeploy.multiquery.ssh.key;

import io.codeploy.multiquery.socket.LocalSocket;
import io.codeploy.multiquery.socket.SocketWatch;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ConcurrentLinkedQueue<LocalSocket> idle = new ConcurrentLinkedQueue<>();

  private final ReentrantLock watching = new ReentrantLock();
  private Optional<SocketWatch> watch = Optional.empty();

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
      LocalSocket used = idle.poll();
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

  private LocalSocket connected() throws IOException {
    return LocalSocket.connect(socket, watch());
  }

  /** Many runs have an agent that they never ask. */
  private SocketWatch watch() throws IOException {
    watching.lock();
    try {
      SocketWatch started = watch.isPresent() ? watch.get() : SocketWatch.start();
      watch = Optional.of(started);
      return started;
    } finally {
      watching.unlock();
    }
  }

  /** Sends and receives; afterwards the connection is idle, or gone if that failed. */
  private Buffer exchange(LocalSocket channel, byte[] request) throws IOException {
    boolean whole = false;
    try {
      channel.write(ByteBuffer.wrap(request));
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
        channel.close();
      }
    }
  }

  private static ByteBuffer read(LocalSocket from, int bytes) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(bytes);
    while (in.hasRemaining()) {
      if (from.read(in) < 0) {
        throw new EOFException("ssh-agent hung up");
      }
    }
    return in.flip();
  }

  /** Ends all connections, also those with a request under way. */
  @Override
  public void close() {
    watching.lock();
    try {
      watch.ifPresent(SocketWatch::close);
    } finally {
      watching.unlock();
    }
  }
}
