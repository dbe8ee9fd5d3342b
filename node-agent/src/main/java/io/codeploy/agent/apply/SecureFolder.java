package io.codeploy.agent.apply;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A folder held by a file descriptor: whatever becomes of its path meanwhile, what is done is done
 * in it.
 */
record SecureFolder(Path path, SecureDirectoryStream<Path> stream) implements Folder {
  @Override
  public Optional<PosixFileAttributes> look(Path name) throws IOException {
    try {
      return Optional.of(view(name).readAttributes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Folder child(Path name) throws IOException {
    // Looked at first, since opening a named pipe would wait for its other end.
    if (!view(name).readAttributes().isDirectory()) {
      throw new NotDirectoryException(path.resolve(name).toString());
    }
    return new SecureFolder(path.resolve(name), stream.newDirectoryStream(name, NOFOLLOW_LINKS));
  }

  @Override
  public FileChannel file(Path name, Set<? extends OpenOption> options) throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(NOFOLLOW_LINKS);
    return (FileChannel) stream.newByteChannel(name, all, Modes.PRIVATE_FILE);
  }

  @Override
  public List<Path> list() {
    List<Path> names = new ArrayList<>();
    stream.forEach(entry -> names.add(Objects.requireNonNull(entry.getFileName())));
    return names;
  }

  @Override
  public void move(Path name, Folder target, Path targetName) throws IOException {
    if (!(target instanceof SecureFolder secure)) {
      throw new IllegalArgumentException("folders of different kinds");
    }
    stream.move(name, secure.stream, targetName);
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    stream.deleteFile(name);
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    stream.deleteDirectory(name);
  }

  @Override
  public void setMtime(Path name, Instant mtime) throws IOException {
    FileTime time = FileTime.from(mtime);
    view(name).setTimes(time, null, null);
  }

  /**
   * The view of a secure stream knows nine bits. The other three are set by path, after a check
   * that the path still leads to the entry of this folder.
   */
  @Override
  public void setMode(Path name, int mode) throws IOException {
    if (Modes.isPlain(mode)) {
      view(name).setPermissions(Modes.permissions(mode));
      return;
    }
    Path byPath = path.resolve(name);
    Object here = view(name).readAttributes().fileKey();
    Object there =
        Files.readAttributes(byPath, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
    if (!Objects.equals(here, there)) {
      throw new IOException("moved away while its mode was set; deploy again");
    }
    Files.setAttribute(byPath, "unix:mode", mode, NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private PosixFileAttributeView view(Path name) {
    return stream.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS);
  }
}
