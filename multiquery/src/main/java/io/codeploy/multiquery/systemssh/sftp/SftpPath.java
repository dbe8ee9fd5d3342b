package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path on a node. The text is left to a path of this machine, which has the same syntax.
 *
 * @param text never touched on this machine
 */
record SftpPath(SftpFileSystem files, Path text) implements Path {
  static SftpPath of(Path path) {
    if (path instanceof SftpPath known) {
      return known;
    }
    throw new ProviderMismatchException(path + " is not a path on a node");
  }

  private SftpPath with(Path other) {
    return new SftpPath(files, other);
  }

  private @Nullable SftpPath withNullable(@Nullable Path other) {
    return other == null ? null : with(other);
  }

  @Override
  public FileSystem getFileSystem() {
    return files;
  }

  @Override
  public boolean isAbsolute() {
    return text.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return withNullable(text.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return withNullable(text.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return withNullable(text.getParent());
  }

  @Override
  public int getNameCount() {
    return text.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return with(text.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return with(text.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof SftpPath known && text.startsWith(known.text);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof SftpPath known && text.endsWith(known.text);
  }

  @Override
  public Path normalize() {
    return with(text.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return with(text.resolve(of(other).text));
  }

  @Override
  public Path relativize(Path other) {
    return with(text.relativize(of(other).text));
  }

  @Override
  public URI toUri() {
    return URI.create("sftp:" + text.toUri().getRawPath());
  }

  @Override
  public Path toAbsolutePath() {
    return with(files.login().resolve(text));
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return files.getPath(files.client().realPath(toString()));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("nodes are not watched");
  }

  @Override
  public int compareTo(Path other) {
    return text.compareTo(of(other).text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SftpPath path && files == path.files && text.equals(path.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(System.identityHashCode(files), text);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** For the server, where the empty path has no meaning. */
  String name() {
    String name = text.toString();
    return name.isEmpty() ? "." : name;
  }
}
