package io.codeploy.agent.apply;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentEvent.Phase;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How far a deployment is. Safe for use by many threads; phases are begun by one. */
public final class ProgressMeter {
  private record Step(Phase phase, long bytesTotal, AtomicLong bytesDone) {
    AgentEvent.Progress event() {
      return new AgentEvent.Progress(phase, bytesDone.get(), bytesTotal);
    }
  }

  private final Consumer<AgentEvent> onBegin;

  /** Written by the deployment's thread. */
  private volatile Step step = new Step(Phase.MANIFEST, 0, new AtomicLong());

  /**
   * A meter before the first phase.
   *
   * @param onBegin told of each phase at its start, on the thread that begins it
   */
  public ProgressMeter(Consumer<AgentEvent> onBegin) {
    this.onBegin = onBegin;
  }

  /** Begins a phase about {@code bytesTotal} bytes, 0 where not known. */
  public void begin(Phase phase, long bytesTotal) {
    step = new Step(phase, bytesTotal, new AtomicLong());
    onBegin.accept(event());
  }

  /** So many bytes more of the phase are done. */
  public void add(long bytes) {
    step.bytesDone().addAndGet(bytes);
  }

  /** The state of now. */
  public AgentEvent.Progress event() {
    return step.event();
  }
}
