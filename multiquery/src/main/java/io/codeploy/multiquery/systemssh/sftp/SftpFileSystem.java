package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The files of a node, as far as a copy needs them. */
final class SftpFileSystem extends FileSystem {
  private final SftpClient client;
  private final Path login;
  private final SftpProvider provider = new SftpProvider();
  private volatile boolean open = true;

  /**
   * @param login the login directory, absolute
   */
  SftpFileSystem(SftpClient client, String login) {
    this.client = client;
    this.login = Path.of(login);
  }

  SftpClient client() {
    return client;
  }

  Path login() {
    return login;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    open = false;
    client.close();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(getPath("/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "posix");
  }

  @Override
  public Path getPath(String first, String... more) {
    return new SftpPath(this, Path.of(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher(pattern);
    return path -> matcher.matches(SftpPath.of(path).text());
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("users of nodes are not looked up");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("nodes are not watched");
  }
}
