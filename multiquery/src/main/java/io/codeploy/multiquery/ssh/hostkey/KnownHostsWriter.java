package io.codeploy.multiquery.ssh.hostkey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Appends believed keys to known_hosts, one line per name. Each line is one write at the end of the
 * file under a lock on it, so that runs side by side do not mix lines. What was written by others
 * is never touched. Safe for use by many threads.
 */
public final class KnownHostsWriter {
  private static final int SALT_BYTES = 20;
  private static final Set<StandardOpenOption> APPENDING =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Set<String> written = ConcurrentHashMap.newKeySet();
  private final RandomGenerator random;

  /**
   * Held while the file is locked, because a file lock counts for the whole process. Only threads
   * that wait to write the same kind of line wait here.
   */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param random for the salt of hidden names
   */
  public KnownHostsWriter(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Appends {@code name key} unless this run has done so; makes file and directory (0600, 0700).
   *
   * @param hidden whether the name is hashed
   */
  public void append(Path file, String name, boolean hidden, HostKey key) throws IOException {
    String entry = file + "\n" + name + "\n" + key;
    // /dev/null and the like are where people write what they do not want to keep.
    boolean keeps = !Files.exists(file) || Files.isRegularFile(file);
    if (!keeps || !written.add(entry)) {
      return;
    }
    String shown = hidden ? HashedName.of(salt(), name) : name;
    try {
      appendLine(file, shown + " " + key.type() + " " + key.base64() + "\n");
    } catch (IOException e) {
      written.remove(entry);
      throw e;
    }
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private void appendLine(Path file, String line) throws IOException {
    makeDirectory(file);
    lock.lock();
    // The reader is closed last: closing any channel of a file drops the process's locks on it.
    try (FileChannel writer = FileChannel.open(file, APPENDING, PRIVATE);
        FileChannel reader = FileChannel.open(file, StandardOpenOption.READ);
        FileLock held = writer.lock()) {
      assert held.isValid();
      String separator = endsWithNewline(reader) ? "" : "\n";
      ByteBuffer bytes = ByteBuffer.wrap((separator + line).getBytes(StandardCharsets.UTF_8));
      long before = reader.size();
      try {
        while (bytes.hasRemaining()) {
          writer.write(bytes);
        }
      } catch (IOException e) {
        // A full disk takes half a line, which would spoil the next one.
        writer.truncate(before);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean endsWithNewline(FileChannel channel) throws IOException {
    if (channel.size() == 0) {
      return true;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    channel.read(last, channel.size() - 1);
    return last.get(0) == '\n';
  }

  private static void makeDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      // Another thread or process was faster.
    }
  }
}
