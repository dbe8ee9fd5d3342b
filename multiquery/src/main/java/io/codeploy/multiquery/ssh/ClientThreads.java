package io.codeploy.multiquery.ssh;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.util.threads.CloseableExecutorService;

/**
 * The threads of the client. MINA waits for each TCP connect on a second pool, by default as small
 * as that of the I/O threads: three silent hosts would hold up all others. Here it is one virtual
 * thread per wait.
 */
final class ClientThreads implements IoServiceFactoryFactory, AutoCloseable {
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

  ScheduledExecutorService timer() {
    return timer;
  }

  @Override
  public IoServiceFactory create(FactoryManager manager) {
    return new Nio2ServiceFactory(manager, new SteadyExecutor(io), new SteadyExecutor(waits));
  }

  @Override
  public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {
    throw new UnsupportedOperationException("the threads are given by the constructor");
  }

  @Override
  public void close() {
    io.shutdownNow();
    waits.shutdownNow();
    timer.shutdownNow();
  }
}
