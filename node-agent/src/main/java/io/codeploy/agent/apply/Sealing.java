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
 * switched. Many files are kept by one request for the whole file system, where there is such a
 * thing; few, and all elsewhere, by one request each, on a few threads.
 */
final class Sealing {
  private static final int THREADS = 4;

  /** Fewer files than this are forced one by one: other writers' data need not be waited for. */
  private static final int MANY = 64;

  private final Stage stage;
  private final Problems problems;
  private final ProgressMeter progress;

  Sealing(Stage stage, Problems problems, ProgressMeter progress) {
    this.stage = stage;
    this.problems = problems;
    this.progress = progress;
  }

  void seal(List<StagedFile> files, Durability durability)
      throws IOException, InterruptedException {
    files.forEach(file -> at(file, file::setMtime));
    switch (durability) {
      case CACHED -> {}
      case FORCED -> keep(files);
    }
    for (StagedFile file : files) {
      at(file, file::setMode);
      progress.add(file.file().size());
    }
  }

  private void keep(List<StagedFile> files) throws IOException, InterruptedException {
    boolean kept = files.size() >= MANY && FileSystemSync.sync(stage.folder().path());
    if (!kept) {
      force(files);
    }
  }

  private void force(List<StagedFile> files) throws InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofVirtual().name("codeploy-seal-", 0).factory())) {
      List<Future<?>> running = new ArrayList<>();
      files.forEach(file -> running.add(threads.submit(() -> at(file, file::force))));
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

  private void at(StagedFile file, StagedFiles.Writing step) {
    if (!file.verified()) {
      return; // An earlier step failed, and was told.
    }
    try {
      step.run();
    } catch (IOException e) {
      file.spoil();
      problems.add(file.file().path().value(), e);
    }
  }
}
