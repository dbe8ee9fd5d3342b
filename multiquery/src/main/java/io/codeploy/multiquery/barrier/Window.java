package io.codeploy.multiquery.barrier;

/** How many nodes may be under way at this moment. */
public final class Window {
  private final Release release;
  private final Adaptation adaptation;
  private int size;

  public Window(Release release) {
    this.release = release;
    this.size = release.start();
    this.adaptation = new Adaptation(size);
  }

  /** At least 1. */
  public int size() {
    return size;
  }

  /** A node is done. Failures, which tell nothing of load, are left out. */
  public void completed(long launchedNanos, long nowNanos) {
    switch (release) {
      case Release.Fixed fixed -> {}
      case Release.Adaptive adaptive -> resize(adaptation.after(launchedNanos, nowNanos, size));
    }
  }

  /** Makes it a quarter larger, by one at least. */
  public void widen() {
    resize(size + step());
  }

  /** Makes it a quarter smaller, by one at least. */
  public void narrow() {
    resize(size - step());
  }

  private int step() {
    return Math.max(1, size / 4);
  }

  private void resize(int wanted) {
    size = Math.max(1, Math.min(wanted, release.most()));
  }
}
