package io.codeploy.agent.apply;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * A folder known by its path, for platforms without directory descriptors. Each access checks first
 * that no component below {@code root} is a link; between check and access lies a short moment.
 */
record CheckedFolder(Path root, Path path) implements Folder {
  @Override
  public Optional<PosixFileAttributes> look(Path name) throws IOException {
    try {
      return Optional.of(attributes(at(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Folder child(Path name) throws IOException {
    Path child = at(name);
    requireDirectory(child);
    return new CheckedFolder(root, child);
  }

  @Override
  public FileChannel file(Path name, Set<? extends OpenOption> options) throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(NOFOLLOW_LINKS);
    return FileChannel.open(at(name), all, Modes.PRIVATE_FILE);
  }

  @Override
  public List<Path> list() throws IOException {
    check();
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      stream.forEach(entry -> names.add(Objects.requireNonNull(entry.getFileName())));
    }
    return names;
  }

  @Override
  public void move(Path name, Folder target, Path targetName) throws IOException {
    if (!(target instanceof CheckedFolder checked)) {
      throw new IllegalArgumentException("folders of different kinds");
    }
    Files.move(at(name), checked.at(targetName), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    Path file = at(name);
    if (attributes(file).isDirectory()) {
      throw new IOException("is a directory");
    }
    Files.delete(file);
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    Path directory = at(name);
    requireDirectory(directory);
    Files.delete(directory);
  }

  @Override
  public void setMtime(Path name, Instant mtime) throws IOException {
    FileTime time = FileTime.from(mtime);
    Files.getFileAttributeView(at(name), PosixFileAttributeView.class, NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  @Override
  public void setMode(Path name, int mode) throws IOException {
    Files.setAttribute(at(name), "unix:mode", mode, NOFOLLOW_LINKS);
  }

  @Override
  public void close() {}

  private Path at(Path name) throws IOException {
    check();
    return path.resolve(name);
  }

  private void check() throws IOException {
    for (Path at = path; !at.equals(root); at = Objects.requireNonNull(at.getParent())) {
      requireDirectory(at);
    }
  }

  private static void requireDirectory(Path path) throws IOException {
    if (!attributes(path).isDirectory()) {
      throw new NotDirectoryException(path.toString());
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
  }
}
