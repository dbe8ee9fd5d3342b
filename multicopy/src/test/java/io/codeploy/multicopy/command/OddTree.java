package io.codeploy.multicopy.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tree of names, modes, times and links that have misled programs. */
final class OddTree {
  static final FileTime LONG_AGO = FileTime.from(Instant.parse("2004-04-14T12:00:00.123456789Z"));

  private static final List<String> NAMES =
      List.of(
          "two words",
          "new\nline",
          "-rf",
          "it's \"quoted\"",
          "grüße 日本",
          "back\\slash",
          "\\303\\n\\\\",
          "$(reboot) `x` *?[a]!",
          " blank ",
          "a\tb",
          "x".repeat(120),
          "end\r",
          "last\n");

  private OddTree() {}

  /** Makes it as {@code tree}. */
  static Path make(Path tree) throws IOException {
    Files.createDirectories(tree);
    for (String name : NAMES) {
      Path below = Files.createDirectories(tree.resolve(name));
      Path file = Files.writeString(below.resolve(name), "in " + name);
      Files.setLastModifiedTime(file, LONG_AGO);
      Files.createSymbolicLink(below.resolve("link"), Path.of(name));
      Files.createLink(below.resolve("other name"), file);
      Files.setLastModifiedTime(below, LONG_AGO);
    }
    Files.createSymbolicLink(tree.resolve("far"), Path.of("/" + "y".repeat(120) + "/../z"));
    Files.createSymbolicLink(tree.resolve("nowhere"), Path.of("z".repeat(300)));
    Files.createDirectories(tree.resolve("empty"));
    Files.createFile(tree.resolve("nothing"));
    Path locked = Files.createDirectories(tree.resolve("locked"));
    Files.writeString(locked.resolve("inside"), "x");
    Files.setPosixFilePermissions(
        locked.resolve("inside"), PosixFilePermissions.fromString("r-xr-----"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setLastModifiedTime(tree, LONG_AGO);
    return tree;
  }

  /** All that is below {@code root}, with kinds, modes, times and contents. */
  static String told(Path root, boolean fractions) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted()
          .map(path -> tell(root, path, fractions))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String tell(Path root, Path path, boolean fractions) {
    try {
      String name = root.relativize(path) + " ";
      if (Files.isSymbolicLink(path)) {
        return name + Files.readSymbolicLink(path);
      }
      Instant time = Files.getLastModifiedTime(path).toInstant();
      return name
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
          + (fractions ? time : time.getEpochSecond())
          + (Files.isDirectory(path) ? "" : Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
