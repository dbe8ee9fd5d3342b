package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.progress.Progress;

/**
 * What a copy for one node came to.
 *
 * @param files that it lacked and has now, or has in a stage
 * @param bytes of contents that were sent or fetched, also in vain
 * @param skipped files that it had already
 */
public record CopyTotals(long files, long bytes, long skipped) {
  public static final CopyTotals NONE = new CopyTotals(0, 0, 0);

  /** As far as {@code progress} is. */
  public static CopyTotals of(Progress progress) {
    return new CopyTotals(
        progress.done().files(), progress.sentBytes(), progress.skipped().files());
  }

  /** Both together. */
  public CopyTotals plus(CopyTotals other) {
    return new CopyTotals(files + other.files, bytes + other.bytes, skipped + other.skipped);
  }
}
