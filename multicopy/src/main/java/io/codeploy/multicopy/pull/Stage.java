package io.codeploy.multicopy.pull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A directory in the one that takes the sources, called as that of a push on a node: {@code
 * .multicopy-<key>.<pid>.<host>}. It is in use as long as its process lives.
 */
record Stage(Path root) {
  private static final Pattern NAME =
      Pattern.compile("\\.multicopy-([0-9a-f]{16})\\.([0-9]{1,10})\\.(.+)");

  /**
   * Makes a stage in {@code base}, or takes over one of the same key that nobody uses any more, and
   * removes others of that kind. Those of other users it leaves alone.
   *
   * @param key of 16 hexadecimal digits, the same for the same purpose; this process has one stage
   *     at a time for it
   */
  static Stage claim(Path base, String key, StageOwner owner) throws IOException {
    Path mine = base.resolve(".multicopy-%s.%d.%s".formatted(key, owner.pid(), owner.host()));
    sweep(base, owner, key, mine);
    if (!owner.owns(mine)) {
      Attributes.makePrivate(mine);
    }
    Files.createDirectories(mine.resolve("t"));
    return new Stage(mine);
  }

  /** Removes stages that nobody uses. */
  static void clear(Path base, StageOwner owner) throws IOException {
    sweep(base, owner, "", base);
  }

  private static void sweep(Path base, StageOwner owner, String key, Path mine) throws IOException {
    try (DirectoryStream<Path> stages = Files.newDirectoryStream(base, ".multicopy-*")) {
      for (Path stage : stages) {
        Matcher name = NAME.matcher(String.valueOf(stage.getFileName()));
        if (name.matches()
            && name.group(3).equals(owner.host())
            && !StageOwner.isAlive(Long.parseLong(name.group(2)))
            && owner.owns(stage)) {
          boolean wanted = name.group(1).equals(key);
          if (wanted && !Files.exists(mine, LinkOption.NOFOLLOW_LINKS)) {
            take(stage, mine);
          } else {
            delete(stage);
          }
        }
      }
    } catch (NoSuchFileException e) {
      // Somebody else swept, too.
    }
  }

  private static void take(Path stage, Path mine) throws IOException {
    Files.move(stage, mine, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Where the trees go, each under the path that it will have. */
  Path trees() {
    return root.resolve("t");
  }

  void remove() throws IOException {
    delete(root);
  }

  /** Deletes a tree; links are not followed. */
  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
