package io.codeploy.agent.control;

import java.util.List;
import java.util.Objects;

/** What an agent tells of a deployment while it runs. */
public sealed interface AgentEvent {
  /** The steps of a deployment on a node, in order. */
  enum Phase {
    MANIFEST,
    DIFF,
    FETCH,
    APPLY
  }

  /**
   * Sent at the start of a phase and then once a second, also without change, as a sign of life.
   *
   * @param bytesDone plain bytes of this phase that are done
   * @param bytesTotal plain bytes that this phase is about; 0 where not known yet
   */
  record Progress(Phase phase, long bytesDone, long bytesTotal) implements AgentEvent {
    public Progress {
      Objects.requireNonNull(phase, "phase is null");
    }
  }

  /**
   * The last event.
   *
   * @param errors one line each, naming path and remedy; empty exactly when the node has the tree
   */
  record Report(Counts counts, Traffic traffic, List<String> errors) implements AgentEvent {
    public Report {
      Objects.requireNonNull(counts, "counts is null");
      Objects.requireNonNull(traffic, "traffic is null");
      errors = List.copyOf(errors);
    }
  }

  /** What was done, in paths. */
  record Counts(int unchanged, int created, int updated, int attributes, int deleted) {}

  /** Transported bytes by where they came from, and those served to other nodes meanwhile. */
  record Traffic(long fromOrigin, long fromPeers, long fromStore, long served) {}
}
