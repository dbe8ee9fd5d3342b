package io.codeploy.multiquery.fanout;

import io.codeploy.multiquery.barrier.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Takes the steps of a course with threads. One use. */
final class Dispatch<I, O> {
  private final List<I> items;
  private final Job<? super I, O> job;
  private final TimeSource time;
  private final Thread.Builder threads;
  private final List<FutureTask<O>> tasks = new ArrayList<>();
  private final List<Thread> workers = new ArrayList<>();

  /** Guards the course; held over nothing but its arithmetic. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Course course;
  private final Gate gate;
  private final Turn turn;

  /** A permit for each change of the course that the caller has not looked at. */
  private final Semaphore changes = new Semaphore(0);

  private boolean interrupted;

  Dispatch(List<I> items, Job<? super I, O> job, Fanout fanout, RunSoFar before) {
    this.items = items;
    this.job = job;
    this.time = fanout.time();
    this.threads = Thread.ofVirtual().name(fanout.name() + "-", 0);
    this.course = new Course(fanout.pace(), items.size(), before);
    this.gate = new Gate(fanout.pace().throttle().map(Window::new), time);
    this.turn = new Turn(gate, this::why);
  }

  /** To the end; as {@link Fanout#map}. */
  List<O> run() {
    if (Thread.interrupted()) {
      interrupt();
    }
    boolean finished = false;
    while (!finished) {
      switch (next()) {
        case Step.Launch launch -> launch(launch.item());
        case Step.Tell tell -> job.opened(tell.opening());
        case Step.End end -> end.items().forEach(item -> workers.get(item).interrupt());
        case Step.Wait wait -> await(wait.untilNanos());
        case Step.Finished over -> finished = true;
      }
    }
    workers.forEach(this::join);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return results();
  }

  private Step next() {
    lock.lock();
    try {
      changes.drainPermits();
      return course.next(time.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  private void launch(int item) {
    FutureTask<O> task = new FutureTask<>(() -> work(item));
    tasks.add(task);
    workers.add(threads.start(task));
  }

  private O work(int item) {
    Verdict verdict = Verdict.MISSING;
    try {
      O result = result(items.get(item));
      verdict = job.verdict(result);
      return result;
    } finally {
      done(item, verdict);
    }
  }

  private O result(I item) {
    try {
      return job.run(item, turn);
    } catch (InterruptedException e) {
      // The thread ends here; what it gave up is a result like any other.
      return job.skipped(item, why());
    }
  }

  private void done(int item, Verdict verdict) {
    change(() -> course.ended(item, time.nanoTime(), verdict));
  }

  private Stop why() {
    lock.lock();
    try {
      return course.stopped().orElseGet(Stop.Interrupted::new);
    } finally {
      lock.unlock();
    }
  }

  /** Has somebody outside change the window, and what the throttle lets through. */
  void steer(Consumer<Window> change) {
    change(() -> change.accept(course.window()));
    gate.steer(change);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
    changes.release();
  }

  private void await(OptionalLong untilNanos) {
    try {
      if (untilNanos.isEmpty()) {
        changes.acquire();
      } else {
        time.await(changes, Duration.ofNanos(untilNanos.getAsLong() - time.nanoTime()));
      }
    } catch (InterruptedException e) {
      interrupt();
    }
  }

  /**
   * The course's next step interrupts what is under way, once: a second interrupt would hit what a
   * task does after the first. Only what is still there after a stop that has interrupted it, as
   * the last interruption or the deadline, gets another.
   */
  private void interrupt() {
    interrupted = true;
    if (swept()) {
      workers.forEach(Thread::interrupt);
    }
    change(() -> course.stop(new Stop.Interrupted()));
  }

  private boolean swept() {
    lock.lock();
    try {
      return course.swept();
    } finally {
      lock.unlock();
    }
  }

  private void join(Thread worker) {
    while (true) {
      try {
        worker.join();
        return;
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  private List<O> results() {
    List<O> results = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      results.add(i < tasks.size() ? result(i) : job.skipped(items.get(i), why()));
    }
    return results;
  }

  private O result(int item) {
    FutureTask<O> task = tasks.get(item);
    if (task.state() == Future.State.FAILED) {
      throw new IllegalStateException(
          "the task for " + items.get(item) + " broke", task.exceptionNow());
    }
    return task.resultNow();
  }
}
