package io.codeploy.cli.scan;

import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Symlink;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lists one tree, reading nothing but names, attributes, links' targets and ignore files. */
final class TreeWalk {
  /** First part of the names of directories with offered copies, which a tree's root may hold. */
  static final String OFFERED_PREFIX = "__codeploy_";

  private static final int TYPE_BITS = 0170000;
  private static final int MODE_BITS = 07777;

  /** A directory still to be listed, at {@code prefix} below the root. */
  private record Pending(Path dir, String prefix, LeftOut rules) {}

  private final List<Entry> others = new ArrayList<>();
  private final List<FoundFile> files = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private TreeWalk() {}

  /** Lists the tree at {@code root}, a directory. */
  static FoundTree walk(Path root, LeftOut rules) throws ScanException, InterruptedException {
    TreeWalk walk = new TreeWalk();
    walk.pending.add(new Pending(root, "", rules));
    while (!walk.pending.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while listing " + root);
      }
      walk.list(walk.pending.removeLast());
    }
    return new FoundTree(
        sorted(walk.others, Entry::path),
        sorted(walk.files, FoundFile::path),
        rules.patterns(),
        walk.warnings);
  }

  private void list(Pending here) throws ScanException {
    LeftOut rules = here.rules().within(here.dir(), here.prefix());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(here.dir())) {
      for (Path entry : entries) {
        visit(entry, here.prefix() + EntryNames.shown(entry), rules);
      }
    } catch (DirectoryIteratorException | IOException e) {
      throw ScanException.unreadable("list", here.dir(), e);
    }
  }

  private void visit(Path entry, String path, LeftOut rules) throws ScanException {
    if (path.startsWith(OFFERED_PREFIX) && path.indexOf('/') < 0 && Files.isDirectory(entry)) {
      return;
    }
    try {
      Map<String, Object> attributes =
          Files.readAttributes(entry, FileStamp.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) FileStamp.present(attributes, "mode");
      boolean directory = (mode & TYPE_BITS) == 0040000;
      if (!rules.ignore(path, directory)) {
        add(entry, EntryNames.relative(entry, path), mode, FileStamp.from(attributes), rules);
      }
    } catch (NoSuchFileException e) {
      // Removed since its directory was listed: as if it had never been there.
    } catch (IOException e) {
      throw ScanException.unreadable("look at", entry, e);
    }
  }

  private void add(Path entry, RelativePath path, int mode, FileStamp stamp, LeftOut rules)
      throws IOException, ScanException {
    int permissions = mode & MODE_BITS;
    switch (mode & TYPE_BITS) {
      case 0040000 -> {
        others.add(new Directory(path, permissions, stamp.mtime()));
        pending.add(new Pending(entry, path.value() + "/", rules));
      }
      case 0100000 -> files.add(new FoundFile(path, entry, permissions, stamp));
      case 0120000 -> others.add(new Symlink(path, EntryNames.target(entry)));
      case 0010000 -> leaveOut(entry, "a FIFO");
      case 0140000 -> leaveOut(entry, "a socket");
      default -> leaveOut(entry, "a device");
    }
  }

  private void leaveOut(Path entry, String what) {
    warnings.add(entry + " is " + what + " and was left out; --exclude it to silence this");
  }

  private static <T> List<T> sorted(List<T> found, Function<T, RelativePath> path) {
    return found.stream().sorted(Comparator.comparing(path)).toList();
  }
}
