package io.codeploy.cli.origin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Offered directories of runs that were killed. */
final class LeftOvers {
  static final String PREFIX = "__codeploy_";
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{16}");

  private LeftOvers() {}

  /** Removes those at the root of the tree {@code dir} whose process is gone. */
  static void remove(Path dir) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(dir, PREFIX + "*")) {
      for (Path each : found) {
        if (NAME.matcher(String.valueOf(each.getFileName())).matches()
            && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)
            && OwnerMark.in(each).filter(OwnerMark::gone).isPresent()) {
          OfferedCopies.remove(dir, each);
        }
      }
    }
  }
}
