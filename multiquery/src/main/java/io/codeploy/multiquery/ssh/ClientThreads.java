package io.codeploy.multiquery.ssh;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The threads of the client; nothing of the SSH library. */
final class ClientThreads implements AutoCloseable {
  private final ExecutorService io;
  private final ExecutorService waits;
  private final ScheduledExecutorService timer;

  ClientThreads(int ioWorkers) {
    io =
        Executors.newFixedThreadPool(
            ioWorkers, counted("ssh-io-", () -> Thread.ofPlatform().daemon()));
    waits = Executors.newThreadPerTaskExecutor(counted("ssh-wait-", Thread::ofVirtual));
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ssh-timer").factory());
  }

  /** As the JDK's own, which counts by a means that takes it 5 ms to set up. */
  private static ThreadFactory counted(String name, Supplier<Thread.Builder> kind) {
    AtomicInteger made = new AtomicInteger();
    return task -> kind.get().name(name + made.getAndIncrement()).unstarted(task);
  }

  /** For what follows when a socket is ready. */
  ExecutorService io() {
    return new SteadyExecutor(io);
  }

  /** For what would block one of those. */
  ExecutorService waits() {
    return new SteadyExecutor(waits);
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  @Override
  public void close() {
    io.shutdownNow();
    waits.shutdownNow();
    timer.shutdownNow();
  }
}
