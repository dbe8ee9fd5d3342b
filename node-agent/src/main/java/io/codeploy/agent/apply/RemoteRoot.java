package io.codeploy.agent.apply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The remote directory itself, of which a manifest has no entry. */
public final class RemoteRoot {
  private static final int OWNER = 0700;
  private static final int SET_GROUP = 02000;

  private RemoteRoot() {}

  /**
   * Makes {@code root} and the directories above it where they are missing; what is there stays as
   * it is. An agent's umask lets nobody in, and a tree is often for others than its owner.
   *
   * @param mode nine bits, to which those of the owner are added
   */
  public static void make(Path root, int mode) throws IOException {
    if (Files.isDirectory(root)) {
      return;
    }
    if (root.getParent() != null) {
      make(root.getParent(), mode);
    }
    try {
      Files.createDirectory(root);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(root)) {
        return;
      }
      throw e;
    }
    // A directory inherits who what is in it belongs to, and that it is so.
    int inherited = (int) Files.getAttribute(root, "unix:mode") & SET_GROUP;
    Files.setAttribute(root, "unix:mode", mode | OWNER | inherited);
  }
}
