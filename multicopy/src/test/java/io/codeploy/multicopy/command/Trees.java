package io.codeploy.multicopy.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories with files in them. */
final class Trees {
  /** Names that have misled programs. */
  static final List<String> ODD =
      List.of(
          "new\nline",
          "-rf",
          "it's \"quoted\"",
          "back\\slash",
          "$(reboot) `x` *?[a]!",
          " blank ",
          "end\r",
          "grüße 日本");

  private Trees() {}

  /** Makes files of these names below {@code root}, each with its name in it. */
  static Path make(Path root, String... names) throws IOException {
    Files.createDirectories(root);
    for (String name : names) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    return root;
  }

  /** All names below {@code root}, sorted. */
  static List<String> names(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
