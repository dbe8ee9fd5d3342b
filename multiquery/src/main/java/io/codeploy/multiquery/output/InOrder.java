package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds answers back until all of lower rank were passed on, so that they come in the order of the
 * list. Called by one thread at a time, as a listener is.
 */
public final class InOrder extends Stage {
  private final Map<Integer, NodeAnswer> waiting = new HashMap<>();
  private int due;

  public InOrder(QueryListener next) {
    super(next);
  }

  @Override
  public void answered(NodeAnswer answer) {
    waiting.put(answer.rank(), answer);
    for (NodeAnswer ready = waiting.remove(due); ready != null; ready = waiting.remove(due)) {
      super.answered(ready);
      due++;
    }
  }

  /** Passes on what still waits for nodes that never answered, as in a run that was stopped. */
  @Override
  public void ended() {
    waiting.values().stream().sorted((a, b) -> a.rank() - b.rank()).forEach(super::answered);
    waiting.clear();
    super.ended();
  }
}
