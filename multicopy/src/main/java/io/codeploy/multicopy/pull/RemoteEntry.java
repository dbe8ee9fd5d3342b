package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.shell.Found;

/**
 * A file, directory or link of a source, as it was when the source was listed.
 *
 * @param name below the source, with slashes, in wire form; empty for the source itself
 */
record RemoteEntry(String name, Found found) {
  boolean isDirectory() {
    return found.kind() == Found.Kind.DIRECTORY;
  }

  boolean isFile() {
    return found.kind() == Found.Kind.FILE;
  }

  boolean isLink() {
    return found.kind() == Found.Kind.LINK;
  }
}
