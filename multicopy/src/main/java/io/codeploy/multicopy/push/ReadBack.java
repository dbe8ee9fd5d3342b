package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.Digest;
import io.codeploy.multicopy.source.Wire;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * One digest over many small files, as a node makes it of what it reads back. It is quicker made
 * than one for each file, and only ever a way to be told sooner that all is well: where the node's
 * is another, or none, each file is digested.
 *
 * <p>It is SHA-256 over what GNU's {@code head -v} says of the files, {@value #AT_ONCE} at a time,
 * sorted by their paths as bytes: so each name stands before its content, and nothing can move from
 * one file to another.
 */
final class ReadBack {
  /** For less, the processes cost more than they gain. */
  private static final int LEAST_FILES = 1000;

  private static final int AT_ONCE = 1000;

  /** To be run in the directory that the files went to. Without openssl nothing is gained. */
  static final String SCRIPT =
      FinishScript.beat(600)
          + """
          exec 2>/dev/null
          ! command -v openssl >/dev/null 2>&1 || echo "read $(
            LC_ALL=C
            export LC_ALL
            find . -type f -print0 | sort -z | xargs -0 -n %d head -v -c %d | openssl dgst -sha256 -r
          )"
          kill $beat
          exit 0
          """
              .formatted(AT_ONCE, SmallFiles.LIMIT_BYTES + 1);

  private final MessageDigest digest = Digest.sha256();
  private String last = "";
  private boolean sorted = true;
  private int files;

  /** Whether a node that gets all of {@code trees} is asked for it. */
  static boolean pays(List<NodeTree> trees, TarHeaders headers) {
    return headers.fractions()
        && trees.stream().allMatch(tree -> tree.source().largest() <= SmallFiles.LIMIT_BYTES)
        && trees.stream().mapToLong(tree -> tree.source().files()).sum() >= LEAST_FILES;
  }

  /**
   * Adds the next file.
   *
   * @param path below the directory, in wire form
   * @param bytes of which {@code size} from {@code offset} on are its content
   */
  void add(String path, byte[] bytes, int offset, int size) {
    sorted &= last.compareTo(path) < 0;
    last = path;
    digest.update(Wire.bytes((files++ % AT_ONCE == 0 ? "" : "\n") + "==> ./" + path + " <==\n"));
    digest.update(bytes, offset, size);
  }

  /** The digest of all that was added, to be asked for once; empty where it was not sorted. */
  String seal() {
    return sorted ? HexFormat.of().formatHex(digest.digest()) : "";
  }

  /** Whether a node that says {@code line} has all that is under {@code seal}. */
  static boolean isTold(String line, String seal) {
    return !seal.isEmpty() && line.startsWith("read " + seal + " ");
  }
}
