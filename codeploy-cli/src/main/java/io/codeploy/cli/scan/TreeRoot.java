package io.codeploy.cli.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The directory that is to be deployed. */
final class TreeRoot {
  private TreeRoot() {}

  /** Where {@code dir} is, absolute and with links resolved. */
  static Path resolve(Path dir) throws ScanException {
    Path real;
    try {
      real = dir.toRealPath();
    } catch (NoSuchFileException e) {
      throw new ScanException(dir + " does not exist; give an existing directory", e);
    } catch (IOException e) {
      throw new ScanException("cannot reach " + dir + ": " + e + "; check its permissions", e);
    }
    if (!Files.isDirectory(real)) {
      throw new ScanException(dir + " is not a directory; give the directory that holds it");
    }
    return real;
  }

  /** The nine permission bits of {@code dir}. */
  static int mode(Path dir) throws IOException {
    return (int) Files.getAttribute(dir, "unix:mode") & 0777;
  }
}
