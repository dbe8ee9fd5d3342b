package io.codeploy.agent.apply;

import io.codeploy.agent.control.AgentEvent.Counts;
import java.util.List;
import java.util.Objects;

/**
 * What became of a plan.
 *
 * @param errors one line each; empty exactly when the disk has the manifest's tree
 */
public record Applied(Counts counts, List<String> errors) {
  public Applied {
    Objects.requireNonNull(counts, "counts is null");
    errors = List.copyOf(errors);
  }
}
