package io.codeploy.multicopy.view;

import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import java.util.TreeMap;

/** Holds results back until all of lower rank were passed on: in the order of the list. */
public final class InOrder extends CopyStage {
  private final TreeMap<Integer, CopyResult> waiting = new TreeMap<>();
  private int due;

  public InOrder(CopyListener next) {
    super(next);
  }

  @Override
  public void finished(CopyResult result) {
    waiting.put(result.rank(), result);
    for (CopyResult ready = waiting.remove(due); ready != null; ready = waiting.remove(due)) {
      super.finished(ready);
      due++;
    }
  }

  /** Passes on what still waits for nodes that never ended, as in a run that was stopped. */
  @Override
  public void ended() {
    waiting.values().forEach(super::finished);
    waiting.clear();
    super.ended();
  }
}
