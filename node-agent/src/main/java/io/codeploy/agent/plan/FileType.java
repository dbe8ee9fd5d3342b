package io.codeploy.agent.plan;

/** The bits of a mode that tell what something is, the same on every system of the family. */
final class FileType {
  static final int MASK = 0170000;
  static final int DIRECTORY = 0040000;
  static final int REGULAR = 0100000;
  static final int LINK = 0120000;

  private FileType() {}
}
