package io.codeploy.multicopy.source;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The digest of a tree, as docs/formats/tree-digest.md has it. */
final class TreeDigest {
  private TreeDigest() {}

  /** Of {@code tree} as it was listed, in hexadecimal. */
  static String of(SourceTree tree) {
    String[] records = tree.entries().stream().map(TreeDigest::record).toArray(String[]::new);
    // Characters stand for bytes. A walk leaves them all but sorted.
    Arrays.sort(records);
    MessageDigest digest = Digest.sha256();
    for (String record : records) {
      digest.update(Wire.bytes(record));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String record(SourceEntry entry) {
    String name = entry.name();
    String mode = Integer.toOctalString(entry.mode());
    return switch (entry.kind()) {
      case FILE -> name + "//f " + mode + " " + entry.size() + " " + time(entry) + "\0";
      case DIRECTORY -> name + "//d " + mode + " " + time(entry) + "\0";
      case LINK -> name + "//l " + entry.link() + "\0";
    };
  }

  /** As GNU's {@code find} has it, with ten digits. */
  private static String time(SourceEntry entry) {
    return entry.time() + "0";
  }
}
