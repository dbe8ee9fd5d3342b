package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Turn;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The copy for one node, begun again over a new connection where one was lost: what the node has in
 * its stage by then is not sent again.
 */
final class PersistentCopy {
  private final CopyMeans means;
  private final NodeCopy copy;
  private final Turn turn;
  private final NodeClock clock;
  private final SplittableRandom chance;

  /**
   * @param chance of the lengths of pauses, and of temporary names
   */
  PersistentCopy(
      CopyMeans means, NodeCopy copy, Turn turn, NodeClock clock, SplittableRandom chance) {
    this.means = means;
    this.copy = copy;
    this.turn = turn;
    this.clock = clock;
    this.chance = chance;
  }

  CopyTotals run(Progress progress) throws NodeFailedException, InterruptedException {
    String key = "%016x".formatted(chance.nextLong());
    NodeTransfer transfer = new NodeTransfer(means, copy, turn, clock, progress, key);
    for (int made = 1; ; made++) {
      try {
        return transfer.run();
      } catch (NodeFailedException e) {
        Duration pause = RetryRule.pause(made, chance.nextDouble());
        if (progress.isCommitted()
            || !means.request().retries().resumes(e.failure(), made)
            || clock.over(pause)) {
          throw new NodeFailedException(clock.named(e.failure()), e);
        }
        means.time().sleep(pause);
      }
    }
  }
}
