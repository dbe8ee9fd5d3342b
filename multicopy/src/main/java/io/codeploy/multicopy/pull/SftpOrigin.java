package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node by SFTP: nothing can be digested there, so that sizes are all there is to check. */
final class SftpOrigin implements Origin {
  private static final int BUFFER_BYTES = 256 << 10;

  /** Stands for what is no UTF-8. */
  private static final char SUBSTITUTE = '\ufffd';

  /** How many links may follow each other. */
  private static final int LINKS = 40;

  private final FileSystem files;
  private final Progress progress;

  SftpOrigin(FileSystem files, Progress progress) {
    this.files = files;
    this.progress = progress;
  }

  @Override
  public List<RemoteSource> list(List<String> paths, Selection selection, Problems problems)
      throws IOException {
    if (!selection.details().isEmpty()) {
      throw Problems.failure("--preserve: the node has no shell that tells of it");
    }
    Roll roll = new Roll(Roll.LIMIT, selection, problems);
    for (String path : paths) {
      for (Path source : expand(Wire.text(path), problems)) {
        list(source, roll, problems);
      }
    }
    return roll.sources();
  }

  private List<Path> expand(String path, Problems problems) throws IOException {
    try {
      return Glob.isPattern(path) ? Glob.expand(files, path) : List.of(one(path));
    } catch (NoSuchFileException e) {
      if (Glob.isPattern(path)) {
        problems.add("no match for " + path, 1);
      } else {
        problems.add(path, "no such file or directory");
      }
      return List.of();
    }
  }

  private Path one(String path) throws IOException {
    Path source = files.getPath(Glob.literal(path));
    if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(path);
    }
    return source;
  }

  private void list(Path source, Roll roll, Problems problems) throws IOException {
    Path start;
    try {
      start = followed(source);
    } catch (NoSuchFileException e) {
      problems.add(RemoteSource.text(source.toString()), "no such file or directory");
      return;
    }
    Path name = source.toAbsolutePath().normalize().getFileName();
    roll.begin(Wire.of(start.toString()), Wire.of(name == null ? "" : name.toString()));
    add(start, "", roll, problems);
  }

  /** A source that is named itself is followed, as cp and scp do; links below it are not. */
  private static Path followed(Path source) throws IOException {
    Path path = source;
    for (int i = 0; i < LINKS && Files.isSymbolicLink(path); i++) {
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(source.toString());
    }
    return path;
  }

  private void add(Path path, String name, Roll roll, Problems problems) throws IOException {
    progress.step();
    try {
      Optional<Found> found = Attributes.of(path);
      if (found.isPresent()) {
        roll.add(name, found.get());
        if (found.get().kind() == Found.Kind.DIRECTORY) {
          for (String child : children(path)) {
            if (child.indexOf(SUBSTITUTE) >= 0) {
              problems.add(
                  RemoteSource.text(below(Wire.of(path.toString()), Wire.of(child))),
                  "is not UTF-8, and cannot be asked for by SFTP");
              continue;
            }
            add(path.resolve(child), below(name, Wire.of(child)), roll, problems);
          }
        }
      }
    } catch (AccessDeniedException e) {
      problems.add(RemoteSource.text(path.toString()), "Permission denied");
    } catch (CharacterCodingException e) {
      problems.add(
          RemoteSource.text(path.toString()),
          "leads to a name that is not UTF-8, which SFTP does not tell");
    }
  }

  private static String below(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }

  private static List<String> children(Path directory) throws IOException {
    List<String> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path child : stream) {
        children.add(child.getFileName().toString());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(null);
    return children;
  }

  @Override
  public void fetch(List<Incoming> wanted, Problems problems) throws IOException {
    for (Incoming file : wanted) {
      fetchRest(file, problems);
    }
  }

  @Override
  public void fetchRest(Incoming file, Problems problems) throws IOException {
    String path = Wire.text(file.path());
    try (InputStream in = Files.newInputStream(files.getPath(path))) {
      file.open();
      byte[] buffer = new byte[BUFFER_BYTES];
      int n = 0;
      while (n >= 0 && file.written() < file.listed().size()) {
        n = in.read(buffer);
        file.write(buffer, 0, Math.max(n, 0));
      }
      file.finish();
      if (!file.arrived()) {
        problems.add(RemoteSource.text(path), Incoming.CHANGED);
        file.reject();
      }
    } catch (AccessDeniedException e) {
      problems.add(RemoteSource.text(path), "Permission denied");
    } catch (NoSuchFileException e) {
      problems.add(RemoteSource.text(path), "went away");
    } finally {
      file.close();
    }
  }

  @Override
  public RemoteNames names(Set<Integer> users, Set<Integer> groups) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean digests() {
    return false;
  }

  @Override
  public List<Optional<String>> sums(List<String> paths) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> sumOfListed(Incoming file) {
    throw new UnsupportedOperationException();
  }
}
