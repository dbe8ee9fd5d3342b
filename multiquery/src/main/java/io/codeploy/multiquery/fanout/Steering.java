package io.codeploy.multiquery.fanout;

import io.codeploy.multiquery.barrier.Window;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A hand on the window of runs that are under way. Safe for many threads; without a run it moves
 * nothing.
 */
public final class Steering {
  private final Set<Consumer<Consumer<Window>>> runs = ConcurrentHashMap.newKeySet();

  /** Makes windows a quarter larger, as far as the bound of each allows. */
  public void widen() {
    runs.forEach(run -> run.accept(Window::widen));
  }

  /** Makes windows a quarter smaller. */
  public void narrow() {
    runs.forEach(run -> run.accept(Window::narrow));
  }

  /** Has {@code run} called with each change from now on. */
  void add(Consumer<Consumer<Window>> run) {
    runs.add(run);
  }

  /** Has it called no more. */
  void remove(Consumer<Consumer<Window>> run) {
    runs.remove(run);
  }
}
