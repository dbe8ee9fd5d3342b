package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An open file on the node. What is read from one place to the next is asked for ahead; what is
 * written is confirmed later, by the end of {@link #close} at the latest.
 */
final class SftpChannel implements SeekableByteChannel {
  /** Every server takes and gives so much at once. */
  private static final int PIECE_BYTES = 32 << 10;

  private static final int AHEAD = 32;

  private final SftpClient client;
  private final String path;
  private final byte[] handle;
  private final boolean writing;
  private final Deque<Integer> asked = new ArrayDeque<>();
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long position;
  private long askedTo;
  private boolean open = true;

  /**
   * @param position where to begin
   */
  SftpChannel(SftpClient client, String path, byte[] handle, boolean writing, long position) {
    this.client = client;
    this.path = path;
    this.handle = handle;
    this.writing = writing;
    this.position = position;
    this.askedTo = position;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    checkOpen();
    if (!piece.hasRemaining() && !fetch()) {
      return -1;
    }
    int n = Math.min(to.remaining(), piece.remaining());
    to.put(piece.slice(piece.position(), n));
    piece.position(piece.position() + n);
    position += n;
    return n;
  }

  /** Takes the next piece; false at the end of the file. */
  private boolean fetch() throws IOException {
    while (asked.size() < AHEAD) {
      asked.add(client.wire().send(request(SftpRequest.READ, askedTo).number(PIECE_BYTES)));
      askedTo += PIECE_BYTES;
    }
    SftpReply reply = client.wire().await(asked.remove());
    if (reply.type() == SftpReply.STATUS && reply.status() == SftpReply.END) {
      forget();
      return false;
    }
    if (reply.type() != SftpReply.DATA) {
      throw SftpClient.failure(reply, path);
    }
    piece = ByteBuffer.wrap(reply.data());
    if (piece.remaining() < PIECE_BYTES) {
      // What was asked ahead begins beyond the gap.
      forget();
      askedTo = position + piece.remaining();
    }
    return piece.hasRemaining();
  }

  /** Answers that are on their way are of no use any more. */
  private void forget() throws IOException {
    while (!asked.isEmpty()) {
      client.wire().await(asked.remove());
    }
    askedTo = position;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    checkOpen();
    int length = from.remaining();
    while (from.hasRemaining()) {
      byte[] bytes = new byte[Math.min(PIECE_BYTES, from.remaining())];
      from.get(bytes);
      asked.add(
          client.wire().send(request(SftpRequest.WRITE, position).data(bytes, 0, bytes.length)));
      position += bytes.length;
      settle(AHEAD);
    }
    return length;
  }

  /** Waits until at most {@code left} writes are not confirmed. */
  private void settle(int left) throws IOException {
    while (asked.size() > left) {
      SftpClient.checkDone(client.wire().await(asked.remove()), path);
    }
  }

  private SftpRequest request(int type, long at) {
    return new SftpRequest(type).data(handle, 0, handle.length).longNumber(at);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    checkOpen();
    if (!writing) {
      forget();
      piece = ByteBuffer.allocate(0);
    }
    position = newPosition;
    askedTo = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return client.attributes(path, true).size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException("files are not shortened");
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    try {
      if (writing) {
        settle(0);
      } else {
        forget();
      }
    } finally {
      client.close(handle, path);
    }
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
