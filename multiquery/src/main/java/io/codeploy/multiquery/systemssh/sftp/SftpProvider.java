package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link Files} asks for, for one file system. */
final class SftpProvider extends FileSystemProvider {
  private static SftpClient client(Path path) {
    return SftpPath.of(path).files().client();
  }

  private static String name(Path path) {
    return SftpPath.of(path).name();
  }

  private static boolean follows(LinkOption... options) {
    return !List.of(options).contains(LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean writing = options.contains(StandardOpenOption.WRITE);
    byte[] handle = client(path).open(name(path), writing ? flags(options) : SftpClient.READ);
    return new SftpChannel(client(path), name(path), handle, writing, 0);
  }

  private static int flags(Set<? extends OpenOption> options) {
    if (options.contains(StandardOpenOption.READ) || options.contains(StandardOpenOption.APPEND)) {
      throw new UnsupportedOperationException("files are read, or written from their beginning");
    }
    int flags = SftpClient.WRITE;
    if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      flags |= SftpClient.TRUNCATE;
    }
    if (options.contains(StandardOpenOption.CREATE)) {
      flags |= SftpClient.CREATE;
    }
    return options.contains(StandardOpenOption.CREATE_NEW)
        ? flags | SftpClient.CREATE | SftpClient.EXCLUSIVE
        : flags;
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<String> names = client(directory).list(name(directory));
    return new SftpDirectory(names.stream().map(directory::resolve).toList(), filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    try {
      client(directory).makeDirectory(name(directory));
    } catch (IOException e) {
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(directory.toString());
      }
      throw e;
    }
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    client(link).makeLink(name(link), target.toString());
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return link.getFileSystem().getPath(client(link).readLink(name(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    if (client(path).attributes(name(path), false).isDirectory()) {
      client(path).removeDirectory(name(path));
    } else {
      client(path).remove(name(path));
    }
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    if (!List.of(options).contains(StandardCopyOption.REPLACE_EXISTING)
        && Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    client(from).rename(name(from), name(to));
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw new UnsupportedOperationException("files are not copied by the server");
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return path.toRealPath().equals(other.toRealPath());
  }

  @Override
  public boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("file stores of nodes are not known");
  }

  /** Tells of existence only: SFTP has no question about rights. */
  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    client(path).attributes(name(path), true);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    SftpAttributeView view = new SftpAttributeView(client(path), name(path), follows(options));
    return type.isInstance(view) ? type.cast(view) : null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (!type.isAssignableFrom(SftpAttributes.class)) {
      throw new UnsupportedOperationException("no " + type.getSimpleName() + " over SFTP");
    }
    return type.cast(client(path).attributes(name(path), follows(options)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException("attributes are not read by name");
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException("attributes are not set by name");
  }

  @Override
  public String getScheme() {
    return "sftp";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("made by a connection only");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("made by a connection only");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("made by a connection only");
  }
}
