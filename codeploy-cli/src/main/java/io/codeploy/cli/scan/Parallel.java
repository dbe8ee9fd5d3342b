package io.codeploy.cli.scan;

import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A map over files that ends with the first failure. */
record Parallel(Fanout fanout) {
  /** The work on one item. */
  @FunctionalInterface
  interface Task<I, O> {
    O run(I item) throws ChangedFileException, ScanException;
  }

  /** One task for each of {@code processors} at once. */
  static Parallel on(int processors) {
    return new Parallel(
        new Fanout("codeploy-scan", processors, Duration.ZERO, TimeSource.system()));
  }

  /**
   * The results of {@code task} in the order of {@code items}.
   *
   * @throws ScanException the first failure, as is {@code ChangedFileException}; items not yet
   *     begun are left out then
   */
  <I, O> List<O> map(List<I> items, Task<I, O> task)
      throws ChangedFileException, ScanException, InterruptedException {
    Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    List<Optional<O>> results =
        fanout.map(items, item -> run(item, task, failures), item -> Optional.empty());
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while reading files");
    }
    for (Exception first : failures) {
      if (first instanceof ChangedFileException changed) {
        throw changed;
      }
      if (first instanceof ScanException fatal) {
        throw fatal;
      }
    }
    return results.stream().map(Optional::orElseThrow).toList();
  }

  private static <I, O> Optional<O> run(I item, Task<I, O> task, Queue<Exception> failures) {
    if (!failures.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(task.run(item));
    } catch (ChangedFileException | ScanException e) {
      failures.add(e);
      return Optional.empty();
    }
  }
}
