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
 * sorted by their paths as bytes. Each name stands before its content, but no size: contents that
 * hold such headings themselves can be made to have the digest of others. What came over SSH is
 * what was sent; this finds what a disk or a tar made of it since, and neither makes such.
 */
final class ReadBack {
  /** For less, the processes cost more than they gain. */
  private static final int LEAST_FILES = 1000;

  private static final int AT_ONCE = 1000;

  /** With longer paths, so many might be more than {@link #ARGUMENT_BYTES}. */
  static final int LONGEST_PATH_BYTES = 500;

  /**
   * What xargs may give one process, as Linux allows any; by default busybox's gives 32 KiB, others
   * 128. Some count a pointer with each argument.
   */
  private static final int ARGUMENT_BYTES = 512 << 10;

  /** To be run in the directory that the files went to. Without openssl nothing is gained. */
  static final String SCRIPT =
      FinishScript.beat(600)
          + """
          exec 2>/dev/null
          ! command -v openssl >/dev/null 2>&1 || echo "read $(
            LC_ALL=C
            export LC_ALL
            find . -type f -print0 | sort -z | xargs -0 -n %d -s %d head -v -c %d | openssl dgst -sha256 -r
          )"
          kill $beat
          exit 0
          """
              .formatted(AT_ONCE, ARGUMENT_BYTES, SmallFiles.LIMIT_BYTES + 1);

  private final MessageDigest digest = Digest.sha256();
  private String last = "";
  private boolean sorted = true;
  private int files;

  /** Whether a node that gets all of {@code trees} is asked for it. */
  static boolean pays(List<NodeTree> trees, TarHeaders headers) {
    return headers.fractions()
        && trees.stream().allMatch(tree -> tree.source().largest() <= SmallFiles.LIMIT_BYTES)
        && trees.stream().mapToLong(tree -> tree.source().files()).sum() >= LEAST_FILES
        && trees.stream().allMatch(ReadBack::hasShortPaths);
  }

  private static boolean hasShortPaths(NodeTree tree) {
    return tree.target().length() + 1 + tree.source().longestName() <= LONGEST_PATH_BYTES;
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
