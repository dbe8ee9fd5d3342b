package io.codeploy.agent.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gives staged files their attributes and has the disk keep them, all before the first one is
 * switched: a group of such requests, on a few threads, costs a disk far less than one at a time.
 */
final class Sealing {
  private static final int THREADS = 4;

  private final Problems problems;
  private final ProgressMeter progress;

  Sealing(Problems problems, ProgressMeter progress) {
    this.problems = problems;
    this.progress = progress;
  }

  void seal(List<StagedFile> files) throws IOException, InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofVirtual().name("codeploy-seal-", 0).factory())) {
      List<Future<?>> running = new ArrayList<>();
      files.forEach(file -> running.add(threads.submit(() -> seal(file))));
      try {
        for (Future<?> one : running) {
          one.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("sealing failed", e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void seal(StagedFile file) {
    try {
      file.seal();
      progress.add(file.file().size());
    } catch (IOException e) {
      file.spoil();
      problems.add(file.file().path().value(), e);
    }
  }
}
