package io.codeploy.multiquery.output;

import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last line of a terminal, drawn over and over, with other lines put above it. For any number
 * of threads, such as a view and one that redraws.
 */
public final class LiveLine {
  /** Narrow enough for every terminal: a line that wraps cannot be drawn over. */
  public static final int WIDTH = 79;

  private static final String CLEAR = "\r\033[K";
  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream terminal;
  private final boolean colour;

  /** Guards what is shown; held over a write, since the order of writes is what it keeps. */
  private final ReentrantLock lock = new ReentrantLock();

  private String current = "";
  private boolean ended;

  public LiveLine(PrintStream terminal, boolean colour) {
    this.terminal = terminal;
    this.colour = colour;
  }

  /** Shows {@code text} instead of what the line showed. */
  public void draw(String text) {
    lock.lock();
    try {
      if (!ended) {
        current = text;
        print(CLEAR + current);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Puts a line of its own above the live one. */
  public void above(String line) {
    lock.lock();
    try {
      print(CLEAR + line + "\n" + current);
    } finally {
      lock.unlock();
    }
  }

  /** Has others print whole lines while the live one is away. */
  public void aside(Runnable print) {
    lock.lock();
    try {
      print(CLEAR);
      print.run();
      print(current);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the line away: what is drawn later is not shown. */
  public void end() {
    lock.lock();
    try {
      if (!ended) {
        draw("");
        ended = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #above}, for bad news. */
  public void aboveInRed(String line) {
    above(colour ? RED + line + PLAIN : line);
  }

  private void print(String bytes) {
    terminal.print(bytes);
    terminal.flush();
  }
}
