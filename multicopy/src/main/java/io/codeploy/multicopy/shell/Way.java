package io.codeploy.multicopy.shell;

import java.util.List;
import java.util.Set;

/** How a push gets to a node, by what its shell says that it has. */
public enum Way {
  /** A tar stream into a stage, large files by {@code cat}. */
  TAR,
  /** Each file by {@code cat} into a stage. */
  CAT,
  /** Not by the shell: by SFTP. */
  SFTP;

  private static final List<String> NEEDED = List.of("mv", "find", "touch");

  /**
   * The best that can be had.
   *
   * @param words programs that the node has, or {@code none} where it cannot list files
   */
  static Way of(Set<String> words) {
    if (!words.containsAll(NEEDED) || words.contains("none")) {
      return SFTP;
    }
    return words.contains("tar") ? TAR : CAT;
  }
}
