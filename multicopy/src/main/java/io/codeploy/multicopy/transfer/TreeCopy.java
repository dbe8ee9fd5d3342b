package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.plan.Change;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies a file or a tree from one file system to another: recursively, permission bits and times
 * preserved, links as links. A file of the same size and time is left as it is. A file is written
 * under a temporary name beside its final one and renamed, so that nothing half-written is ever
 * under a final name; a copy that failed leaves what it had finished. The temporary name is this
 * copy's alone. What earlier copies of a file have left under theirs is removed; one that is still
 * under way fails by that.
 */
final class TreeCopy extends SimpleFileVisitor<Path> {
  private static final int BUFFER_BYTES = 256 << 10;

  /** A temporary name is longer, and a name has 255 bytes at most. */
  private static final int LONG_NAME = 60;

  private static final int MOST_LISTED = 1000;
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.(.*)\\.[0-9a-f]{16}\\.multicopy", Pattern.DOTALL);

  private static final Set<PosixFilePermission> OWNER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path source;
  private final Path target;
  private final Progress progress;

  private final Exclusion exclusion;
  private final String key;
  private final String name;

  /** Temporary files of other copies, by the directories that files have gone to. */
  private final Map<Path, List<Path>> temporaries = new HashMap<>();

  private TreeCopy(
      Path source, Path target, Progress progress, Exclusion exclusion, String key, String name) {
    this.source = source;
    this.target = target;
    this.progress = progress;
    this.exclusion = exclusion;
    this.key = key;
    this.name = name;
  }

  /**
   * Copies {@code source}, whatever it is, so that it is {@code target} afterwards.
   *
   * @param key of 16 hexadecimal digits, which no other copy has
   * @throws IOException also if that is in a directory that is the source
   */
  static void copy(Path source, Path target, Progress progress, Exclusion exclusion, String key)
      throws IOException {
    // A source that is named itself is followed, as cp and scp do; links below it are not.
    Path start = Files.isSymbolicLink(source) ? source.toRealPath() : source;
    if (start.getFileSystem() == target.getFileSystem()) {
      Path from = start.toRealPath();
      Path to = real(target);
      if (to.equals(from)) {
        return;
      }
      if (to.startsWith(from)) {
        throw new FileSystemException(
            source.toString(), null, "would be copied into itself, to " + target);
      }
    }
    String name = String.valueOf(source.toAbsolutePath().normalize().getFileName());
    Files.walkFileTree(start, new TreeCopy(start, target, progress, exclusion, key, name));
  }

  /** Where {@code target} is or will be. */
  private static Path real(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path parent = absolute.getParent();
    if (Files.exists(absolute) || parent == null) {
      return absolute.toRealPath();
    }
    return Files.exists(parent) ? parent.toRealPath().resolve(absolute.getFileName()) : absolute;
  }

  private boolean excluded(Path path, boolean directory) {
    String below = source.relativize(path).toString();
    return exclusion.excludes(Wire.of(below.isEmpty() ? name : name + "/" + below), directory);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    if (excluded(directory, true)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    Path made = counterpart(directory);
    requireText(source.relativize(directory), made, directory);
    if (!Files.isDirectory(made)) {
      Files.createDirectory(made);
      temporaries.put(made.resolve("."), List.of());
    }
    PosixFileAttributeView view = posix(made);
    if (view != null && !view.readAttributes().permissions().containsAll(OWNER)) {
      view.setPermissions(OWNER);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (excluded(file, false)) {
      return FileVisitResult.CONTINUE;
    }
    Path to = counterpart(file);
    requireText(source.relativize(file), to, file);
    if (!attributes.isSymbolicLink() && !attributes.isRegularFile()) {
      throw new IOException(file + ": neither file, directory nor link; leave it out");
    }
    try {
      if (attributes.isSymbolicLink()) {
        link(file, to);
        progress.step();
      } else {
        copy(file, to, attributes);
      }
    } catch (IOException e) {
      throw FileTrouble.named(to, e);
    }
    return FileVisitResult.CONTINUE;
  }

  /** A file is what size and time say. */
  private void copy(Path file, Path to, BasicFileAttributes attributes) throws IOException {
    Optional<PosixFileAttributes> there = there(to);
    if (there.filter(found -> isSame(attributes, found)).isPresent()) {
      Set<PosixFilePermission> wanted = Files.getPosixFilePermissions(file);
      if (!there.get().permissions().equals(wanted)) {
        Files.setPosixFilePermissions(to, wanted);
      }
      progress.skip(attributes.size());
      return;
    }
    if (there.filter(BasicFileAttributes::isDirectory).isPresent()) {
      throw new FileAlreadyExistsException(to.toString());
    }
    replace(file, to, attributes);
    progress.file();
  }

  private static Optional<PosixFileAttributes> there(Path to) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(to, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** SFTP tells no fractions of seconds. */
  private static boolean isSame(BasicFileAttributes wanted, BasicFileAttributes found) {
    Instant time = wanted.lastModifiedTime().toInstant();
    Instant there = found.lastModifiedTime().toInstant();
    return found.isRegularFile()
        && found.size() == wanted.size()
        && there.getEpochSecond() == time.getEpochSecond()
        && (there.getNano() == 0 || there.getNano() == time.getNano());
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    BasicFileAttributes attributes =
        Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    preserve(directory, counterpart(directory), attributes);
    return FileVisitResult.CONTINUE;
  }

  /** To another file system a name goes as text, and two might become one. */
  private static void requireText(Path name, Path to, Path told) throws IOException {
    if (to.getFileSystem() != name.getFileSystem() && !RawNames.isText(name)) {
      throw new FileSystemException(
          Change.shown(RawNames.text(told)), null, "is not UTF-8, which SFTP needs; leave it out");
    }
  }

  /** SFTP renames no dangling link, so that a link is made under its own name. */
  private static void link(Path file, Path to) throws IOException {
    Path text = Files.readSymbolicLink(file);
    requireText(text, to, text);
    if (Files.isSymbolicLink(to) && isSame(text, Files.readSymbolicLink(to))) {
      return;
    }
    if (Files.isSymbolicLink(to) || Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(to);
    }
    if (to.getFileSystem() == FileSystems.getDefault()) {
      RawNames.link(to, RawNames.text(text));
    } else {
      Files.createSymbolicLink(to, to.getFileSystem().getPath(text.toString()));
    }
  }

  private static boolean isSame(Path text, Path there) {
    return text.getFileSystem() == there.getFileSystem()
        ? text.equals(there)
        : text.toString().equals(there.toString());
  }

  private void replace(Path file, Path to, BasicFileAttributes attributes) throws IOException {
    String hint = hint(to.getFileName().toString());
    removeTemporaries(to, hint);
    Path temporary = to.resolveSibling("." + hint + "." + key + ".multicopy");
    try {
      write(file, temporary);
      place(file, temporary, to, attributes);
    } catch (IOException | UncheckedIOException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException | UncheckedIOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private static void place(Path file, Path temporary, Path to, BasicFileAttributes attributes)
      throws IOException {
    try {
      preserve(file, temporary, attributes);
      Files.move(temporary, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (Files.notExists(temporary, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            to.toString(), null, "another copy of it was begun meanwhile; copy again");
      }
      throw e;
    }
  }

  private static String hint(String name) {
    return name.length() > LONG_NAME ? Integer.toHexString(name.hashCode()) : name;
  }

  /** What a copy left that was killed, or lost its connection. */
  private void removeTemporaries(Path to, String hint) throws IOException {
    Path directory = to.resolveSibling(".");
    for (Path path : temporaries.computeIfAbsent(directory, TreeCopy::temporaries)) {
      Matcher matcher = TEMPORARY.matcher(path.getFileName().toString());
      if (matcher.matches() && matcher.group(1).equals(hint)) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Among the first names in a directory: over SFTP it takes long to list many. */
  private static List<Path> temporaries(Path directory) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      int seen = 0;
      for (Path path : names) {
        if (TEMPORARY.matcher(path.getFileName().toString()).matches()) {
          found.add(path);
        }
        if (++seen == MOST_LISTED) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Where names may be written but not read, they stay.
    }
    return found;
  }

  private void write(Path file, Path temporary) throws IOException {
    try (InputStream in = content(file);
        OutputStream out =
            Files.newOutputStream(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = read(file, in, buffer); n >= 0; n = read(file, in, buffer)) {
        out.write(buffer, 0, n);
        progress.bytes(n);
      }
    }
  }

  private static InputStream content(Path file) throws IOException {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw FileTrouble.named(file, e);
    }
  }

  private static int read(Path file, InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw FileTrouble.named(file, e);
    }
  }

  private static void preserve(Path from, Path to, BasicFileAttributes attributes)
      throws IOException {
    PosixFileAttributeView fromView = posix(from);
    PosixFileAttributeView toView = posix(to);
    if (fromView != null && toView != null) {
      toView.setPermissions(fromView.readAttributes().permissions());
    }
    // SFTP knows the two times as a pair; a server ignores one alone.
    Files.getFileAttributeView(to, BasicFileAttributeView.class)
        .setTimes(attributes.lastModifiedTime(), attributes.lastAccessTime(), null);
  }

  private static @Nullable PosixFileAttributeView posix(Path path) {
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private Path counterpart(Path path) {
    Path relative = source.relativize(path);
    return relative.toString().isEmpty() ? target : RawNames.in(target, relative);
  }
}
