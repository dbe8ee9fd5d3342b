package io.codeploy.multicopy.expand;

import java.nio.file.Path;
import java.util.Optional;

/** One end of a copy, as text, after expansion for a node. */
public sealed interface Location {
  /** The path, possibly a pattern where it is remote and a source. */
  String path();

  /** What a source is called in a directory that takes it, if that can be told without a look. */
  Optional<String> name();

  /** As it could be given on a command line. */
  String text();

  /** On the machine that runs multicopy. */
  record Local(String path) implements Location {
    @Override
    public Optional<String> name() {
      return Optional.ofNullable(Path.of(path).toAbsolutePath().normalize().getFileName())
          .map(Path::toString);
    }

    @Override
    public String text() {
      return path;
    }
  }

  /** On the node; relative to the login's home directory unless absolute. */
  record Remote(String path) implements Location {
    /** Of patterns, and of paths that go up or nowhere, only the node can tell. */
    @Override
    public Optional<String> name() {
      String trimmed = path.replaceFirst("(?:/+\\.?)++$", "");
      String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
      return Optional.of(name).filter(n -> !n.matches("|\\.\\.?|.*[*?\\[\\\\].*"));
    }

    @Override
    public String text() {
      return "@:" + path;
    }
  }
}
