package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.Exclusion;
import java.util.Objects;

/**
 * What a copy takes and what it leaves.
 *
 * @param exclusion names that are left alone, here and on the node
 */
public record Selection(Exclusion exclusion) {
  public Selection {
    Objects.requireNonNull(exclusion, "exclusion is null");
  }

  /** All there is. */
  public static Selection all() {
    return new Selection(Exclusion.none());
  }
}
