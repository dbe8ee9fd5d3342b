package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** One method for each request. Paths are texts; relative ones start at the login directory. */
final class SftpClient implements AutoCloseable {
  static final int READ = 1;
  static final int WRITE = 2;
  static final int CREATE = 8;
  static final int TRUNCATE = 16;
  static final int EXCLUSIVE = 32;

  private static final String POSIX_RENAME = "posix-rename@openssh.com";
  private static final int RENAME = 18;

  private final SftpWire wire;

  SftpClient(SftpWire wire) {
    this.wire = wire;
  }

  SftpWire wire() {
    return wire;
  }

  /** A handle on a file; {@code flags} of the constants. */
  byte[] open(String path, int flags) throws IOException {
    return handle(new SftpRequest(SftpRequest.OPEN).text(path).number(flags).number(0), path);
  }

  void close(byte[] handle, String path) throws IOException {
    done(new SftpRequest(SftpRequest.CLOSE).data(handle, 0, handle.length), path);
  }

  SftpAttributes attributes(String path, boolean follow) throws IOException {
    int type = follow ? SftpRequest.STAT : SftpRequest.LSTAT;
    return SftpAttributes.read(ask(new SftpRequest(type).text(path), SftpReply.ATTRIBUTES, path));
  }

  void setPermissions(String path, int mode) throws IOException {
    done(
        new SftpRequest(SftpRequest.SETSTAT)
            .text(path)
            .number(SftpAttributes.PERMISSIONS)
            .number(mode),
        path);
  }

  /** Seconds since 1970; SFTP knows the two as a pair. */
  void setTimes(String path, long accessed, long modified) throws IOException {
    done(
        new SftpRequest(SftpRequest.SETSTAT)
            .text(path)
            .number(SftpAttributes.TIMES)
            .number((int) accessed)
            .number((int) modified),
        path);
  }

  /** The names in a directory. */
  List<String> list(String path) throws IOException {
    List<String> names = new ArrayList<>();
    byte[] handle = handle(new SftpRequest(SftpRequest.OPENDIR).text(path), path);
    try {
      SftpReply reply = next(handle);
      while (reply.type() == SftpReply.NAME) {
        names.addAll(names(reply));
        reply = next(handle);
      }
      if (reply.type() != SftpReply.STATUS || reply.status() != SftpReply.END) {
        throw failure(reply, path);
      }
    } finally {
      close(handle, path);
    }
    return names.stream().filter(name -> !name.equals(".") && !name.equals("..")).toList();
  }

  private SftpReply next(byte[] handle) throws IOException {
    return wire.await(
        wire.send(new SftpRequest(SftpRequest.READDIR).data(handle, 0, handle.length)));
  }

  void remove(String path) throws IOException {
    done(new SftpRequest(SftpRequest.REMOVE).text(path), path);
  }

  void removeDirectory(String path) throws IOException {
    done(new SftpRequest(SftpRequest.RMDIR).text(path), path);
  }

  void makeDirectory(String path) throws IOException {
    done(new SftpRequest(SftpRequest.MKDIR).text(path).number(0), path);
  }

  String realPath(String path) throws IOException {
    return name(new SftpRequest(SftpRequest.REALPATH).text(path), path);
  }

  String readLink(String path) throws IOException {
    return name(new SftpRequest(SftpRequest.READLINK).text(path), path);
  }

  /** In the order of OpenSSH, which is not that of the draft. */
  void makeLink(String link, String text) throws IOException {
    done(new SftpRequest(SftpRequest.SYMLINK).text(text).text(link), link);
  }

  /** Replaces what has the new name where the server can. */
  void rename(String from, String to) throws IOException {
    SftpRequest request =
        wire.knows(POSIX_RENAME)
            ? new SftpRequest(SftpRequest.EXTENDED).text(POSIX_RENAME)
            : new SftpRequest(RENAME);
    done(request.text(from).text(to), to);
  }

  private String name(SftpRequest request, String path) throws IOException {
    List<String> names = names(ask(request, SftpReply.NAME, path));
    if (names.size() != 1) {
      throw new FileSystemException(path, null, names.size() + " names for it");
    }
    return names.getFirst();
  }

  private static List<String> names(SftpReply reply) throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = reply.number(); left > 0; left--) {
      names.add(reply.text());
      reply.data();
      SftpAttributes.read(reply);
    }
    return names;
  }

  private byte[] handle(SftpRequest request, String path) throws IOException {
    return ask(request, SftpReply.HANDLE, path).data();
  }

  private void done(SftpRequest request, String path) throws IOException {
    checkDone(wire.await(wire.send(request)), path);
  }

  private SftpReply ask(SftpRequest request, int type, String path) throws IOException {
    SftpReply reply = wire.await(wire.send(request));
    if (reply.type() != type) {
      throw failure(reply, path);
    }
    return reply;
  }

  static void checkDone(SftpReply reply, String path) throws IOException {
    if (reply.type() != SftpReply.STATUS || reply.status() != SftpReply.OK) {
      throw failure(reply, path);
    }
  }

  /** What a status that is not the hoped-for one says. */
  static IOException failure(SftpReply reply, String path) throws IOException {
    if (reply.type() != SftpReply.STATUS) {
      return new IOException("the SFTP server gave an answer of type " + reply.type());
    }
    int code = reply.number();
    return switch (code) {
      case SftpReply.NO_SUCH_FILE -> new NoSuchFileException(path);
      case SftpReply.PERMISSION_DENIED -> new AccessDeniedException(path);
      default ->
          new FileSystemException(
              path, null, reply.body().hasRemaining() ? reply.text() : "status " + code);
    };
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
