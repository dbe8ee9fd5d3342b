package io.codeploy.cli.scan;

import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names on disk as text. Java shows bytes that are not UTF-8 as U+FFFD; such a name cannot be
 * deployed under the name that it has, so it is refused.
 */
final class EntryNames {
  private static final char REPLACEMENT = '\uFFFD';

  private EntryNames() {}

  /** The last name of {@code entry}, as far as it can be shown. */
  static String shown(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  /** {@code path}, which leads to {@code entry}, as a manifest has it. */
  static RelativePath relative(Path entry, String path) throws ScanException {
    if (path.indexOf(REPLACEMENT) >= 0 && !survives(entry, shown(entry))) {
      throw new ScanException(
          "a name in "
              + entry.getParent()
              + " is not valid UTF-8: "
              + rawName(entry)
              + " (%XX is a byte); rename or --exclude it");
    }
    try {
      return new RelativePath(path);
    } catch (IllegalArgumentException e) {
      throw new ScanException(
          "cannot deploy " + entry + ": " + e.getMessage() + "; rename or --exclude it", e);
    }
  }

  /** The text of the link at {@code entry}. */
  static String target(Path entry) throws IOException, ScanException {
    Path target = Files.readSymbolicLink(entry);
    String text = target.toString();
    if (text.indexOf(REPLACEMENT) >= 0 && !target.equals(Path.of(text))) {
      throw new ScanException(
          "the link " + entry + " leads to a name that is not valid UTF-8; remake or --exclude it");
    }
    return text;
  }

  private static boolean survives(Path entry, String name) {
    try {
      return entry.resolveSibling(name).equals(entry);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The last name with each byte that is not plain ASCII as {@code %XX}. */
  private static String rawName(Path entry) {
    String uri = entry.toUri().getRawPath();
    String trimmed = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
