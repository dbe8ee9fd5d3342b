package io.codeploy.chunkcache.swarm;

import java.util.List;
import java.util.Objects;

/** What became of a fetch. */
public sealed interface SwarmResult {
  /** Every chunk that was wanted has been given to the sink. */
  record Complete() implements SwarmResult {}

  /**
   * Some chunks have not.
   *
   * @param missing their indexes, ascending; at least one
   * @param cause one line: what went wrong, with whom, and what to do
   */
  record Incomplete(List<Integer> missing, String cause) implements SwarmResult {
    public Incomplete {
      missing = List.copyOf(missing);
      Objects.requireNonNull(cause, "cause is null");
    }
  }
}
