package io.codeploy.multiquery.systemssh.sftp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A packet to the server, put together field by field. */
final class SftpRequest {
  static final int INIT = 1;
  static final int OPEN = 3;
  static final int CLOSE = 4;
  static final int READ = 5;
  static final int WRITE = 6;
  static final int LSTAT = 7;
  static final int SETSTAT = 9;
  static final int OPENDIR = 11;
  static final int READDIR = 12;
  static final int REMOVE = 13;
  static final int MKDIR = 14;
  static final int RMDIR = 15;
  static final int REALPATH = 16;
  static final int STAT = 17;
  static final int READLINK = 19;
  static final int SYMLINK = 20;
  static final int EXTENDED = 200;

  private final int type;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream fields = new DataOutputStream(bytes);

  SftpRequest(int type) {
    this.type = type;
  }

  SftpRequest number(int value) {
    return put(() -> fields.writeInt(value));
  }

  SftpRequest longNumber(long value) {
    return put(() -> fields.writeLong(value));
  }

  SftpRequest text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return data(encoded, 0, encoded.length);
  }

  SftpRequest data(byte[] data, int offset, int length) {
    return put(
        () -> {
          fields.writeInt(length);
          fields.write(data, offset, length);
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  private SftpRequest put(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return this;
  }

  /** Writes it as packet {@code id}, in one piece. */
  void send(int id, OutputStream to) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream(bytes.size() + 9);
    DataOutputStream head = new DataOutputStream(packet);
    head.writeInt(bytes.size() + 5);
    head.writeByte(type);
    head.writeInt(id);
    bytes.writeTo(head);
    to.write(packet.toByteArray());
    to.flush();
  }
}
