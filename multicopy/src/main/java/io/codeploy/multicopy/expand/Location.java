package io.codeploy.multicopy.expand;

/** One end of a copy, as text, after expansion for a node. */
public sealed interface Location {
  /** The path, possibly a pattern where it is remote and a source. */
  String path();

  /** On the machine that runs multicopy. */
  record Local(String path) implements Location {}

  /** On the node; relative to the login's home directory unless absolute. */
  record Remote(String path) implements Location {}
}
