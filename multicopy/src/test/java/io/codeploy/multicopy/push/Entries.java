package io.codeploy.multicopy.push;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.SourceEntry;
import java.nio.file.Path;
import java.util.Optional;

/** Entries of sources, and what nodes have, for tests. */
final class Entries {
  static final long SECONDS = 1_081_944_000;

  private Entries() {}

  static SourceEntry file(String name, long size, int nanos, int mode) {
    return new SourceEntry(
        name, Path.of("none"), SourceEntry.Kind.FILE, size, SECONDS, nanos, mode, "");
  }

  static SourceEntry directory(String name, int mode) {
    return new SourceEntry(
        name, Path.of("none"), SourceEntry.Kind.DIRECTORY, 0, SECONDS, 0, mode, "");
  }

  static SourceEntry link(String name, String text) {
    return new SourceEntry(name, Path.of("none"), SourceEntry.Kind.LINK, 0, SECONDS, 0, 0777, text);
  }

  static Found found(Found.Kind kind, int mode, long size, long seconds, int nanos) {
    return new Found(kind, mode, size, seconds, nanos, Optional.empty());
  }

  static Found foundLink(String text) {
    return new Found(Found.Kind.LINK, 0777, text.length(), SECONDS, 0, Optional.of(text));
  }
}
