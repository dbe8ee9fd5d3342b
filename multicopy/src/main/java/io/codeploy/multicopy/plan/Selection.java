package io.codeploy.multicopy.plan;

import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.Exclusion;
import java.util.Objects;
import java.util.Set;

/**
 * What a copy takes and what it leaves.
 *
 * @param exclusion names that are left alone, here and on the node
 * @param details what is kept beside contents, permissions and times
 * @param dryRun whether it is only to be told what would be done
 */
public record Selection(
    Exclusion exclusion,
    Equality equality,
    Deletion deletion,
    Set<Detail> details,
    boolean dryRun) {
  /** When a file that is there already is taken to be the same. */
  public enum Equality {
    SIZE_AND_TIME,
    /** By size and SHA-256; the time is set and nothing else. */
    DIGEST
  }

  /** What becomes of names that a source directory does not have. */
  public enum Deletion {
    NONE,
    EXTRA,
    /** The same, and also where a source directory is empty. */
    EVEN_ALL
  }

  public Selection {
    Objects.requireNonNull(exclusion, "exclusion is null");
    Objects.requireNonNull(equality, "equality is null");
    Objects.requireNonNull(deletion, "deletion is null");
    details = Set.copyOf(details);
  }

  /** With nothing out of the ordinary but what is left out. */
  public static Selection plain(Exclusion exclusion) {
    return new Selection(exclusion, Equality.SIZE_AND_TIME, Deletion.NONE, Set.of(), false);
  }

  /** Whether it asks for nothing that only a push by shell can do. */
  public boolean isPlain() {
    return equality == Equality.SIZE_AND_TIME
        && deletion == Deletion.NONE
        && details.isEmpty()
        && !dryRun;
  }
}
