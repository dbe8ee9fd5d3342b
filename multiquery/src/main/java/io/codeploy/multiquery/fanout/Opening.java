package io.codeploy.multiquery.fanout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A barrier opened before all had arrived.
 *
 * @param arrived how many had
 * @param stragglers places, in the list of items, of those that were under way
 * @param after since the run began
 */
public record Opening(int arrived, List<Integer> stragglers, Duration after) {
  public Opening {
    stragglers = List.copyOf(stragglers);
    Objects.requireNonNull(after, "after is null");
  }
}
