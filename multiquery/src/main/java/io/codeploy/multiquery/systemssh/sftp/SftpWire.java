package io.codeploy.multiquery.systemssh.sftp;

import io.codeploy.multiquery.connect.ByteStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Packets over a stream. Requests may be sent ahead; each answer is waited for by its number. */
final class SftpWire implements AutoCloseable {
  private static final int VERSION = 3;

  /** OpenSSH's servers send no more. */
  private static final int MAX_PACKET_BYTES = 256 << 10;

  private final ByteStream stream;
  private final DataInputStream in;
  private final Map<Integer, SftpReply> early = new HashMap<>();
  private final Set<String> extensions = new HashSet<>();
  private int last;

  SftpWire(ByteStream stream) {
    this.stream = stream;
    this.in = new DataInputStream(stream.in());
  }

  /** Agrees on the version. */
  void greet() throws IOException {
    Packet packet = greeted();
    if (packet.reply().type() != SftpReply.VERSION || packet.id() < VERSION) {
      throw new IOException("the SFTP server speaks another version");
    }
    while (packet.reply().body().hasRemaining()) {
      extensions.add(packet.reply().text());
      packet.reply().data();
    }
  }

  private Packet greeted() throws IOException {
    try {
      // The version is where other packets have their number.
      new SftpRequest(SftpRequest.INIT).send(VERSION, stream.out());
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return lastWords(e);
    }
    return receive();
  }

  /** Of a server that is gone already: what it said tells why, better than a broken pipe does. */
  private Packet lastWords(IOException unsent) throws IOException {
    try {
      return receive();
    } catch (EOFException e) {
      throw unsent;
    }
  }

  boolean knows(String extension) {
    return extensions.contains(extension);
  }

  /** Sends {@code request}; its answer has to be asked for. */
  int send(SftpRequest request) throws IOException {
    last++;
    request.send(last, stream.out());
    return last;
  }

  /** Waits for the answer to request {@code id}. */
  SftpReply await(int id) throws IOException {
    SftpReply known = early.remove(id);
    while (known == null) {
      Packet packet = receive();
      if (packet.id() == id) {
        known = packet.reply();
      } else if (packet.id() > 0 && packet.id() <= last) {
        early.put(packet.id(), packet.reply());
      } else {
        throw new IOException("the SFTP server answers what was not asked");
      }
    }
    return known;
  }

  private record Packet(int id, SftpReply reply) {}

  private Packet receive() throws IOException {
    int length = in.readInt();
    if (length < 5 || length > MAX_PACKET_BYTES) {
      throw new IOException(
          "what the server says is no SFTP; does a start-up file of the login shell print?");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    int type = packet.get();
    int id = packet.getInt();
    return new Packet(id, new SftpReply(type, packet));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
