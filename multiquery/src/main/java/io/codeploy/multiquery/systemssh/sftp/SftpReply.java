package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A packet from the server after its number; fields are taken in their order. */
record SftpReply(int type, ByteBuffer body) {
  static final int VERSION = 2;
  static final int STATUS = 101;
  static final int HANDLE = 102;
  static final int DATA = 103;
  static final int NAME = 104;
  static final int ATTRIBUTES = 105;

  static final int OK = 0;
  static final int END = 1;
  static final int NO_SUCH_FILE = 2;
  static final int PERMISSION_DENIED = 3;

  /** The code of a status, which stays to be taken. */
  int status() throws IOException {
    return new SftpReply(type, body.duplicate()).number();
  }

  int number() throws IOException {
    try {
      return body.getInt();
    } catch (BufferUnderflowException e) {
      throw tooShort(e);
    }
  }

  long longNumber() throws IOException {
    try {
      return body.getLong();
    } catch (BufferUnderflowException e) {
      throw tooShort(e);
    }
  }

  byte[] data() throws IOException {
    int length = number();
    if (length < 0 || length > body.remaining()) {
      throw new IOException("the SFTP server sent a packet with a wrong length in it");
    }
    byte[] data = new byte[length];
    body.get(data);
    return data;
  }

  String text() throws IOException {
    return new String(data(), StandardCharsets.UTF_8);
  }

  private static IOException tooShort(Exception e) {
    return new IOException("the SFTP server sent a packet that ends too soon", e);
  }
}
