package io.codeploy.chunkcache.manifest;

/** One path of a tree. */
public sealed interface Entry permits Directory, RegularFile, Symlink {
  /** Where the entry lies below the root. */
  RelativePath path();
}
