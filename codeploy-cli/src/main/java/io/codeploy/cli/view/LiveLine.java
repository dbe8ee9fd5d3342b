package io.codeploy.cli.view;

import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last line of a terminal, drawn over and over, with other lines put above it. Used by the view
 * and by the thread that redraws.
 */
final class LiveLine {
  /** Narrow enough for every terminal: a line that wraps cannot be drawn over. */
  static final int WIDTH = 79;

  private static final String CLEAR = "\r\033[K";
  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream terminal;
  private final boolean colour;

  /** Guards {@link #current}; held over a write, since the order of writes is what it keeps. */
  private final ReentrantLock lock = new ReentrantLock();

  private String current = "";

  LiveLine(PrintStream terminal, boolean colour) {
    this.terminal = terminal;
    this.colour = colour;
  }

  /** Shows {@code text} instead of what the line showed. */
  void draw(String text) {
    lock.lock();
    try {
      current = text;
      print(CLEAR + current);
    } finally {
      lock.unlock();
    }
  }

  /** Puts a line of its own above the live one. */
  void above(String line) {
    lock.lock();
    try {
      print(CLEAR + line + "\n" + current);
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #above}, for bad news. */
  void aboveInRed(String line) {
    above(colour ? RED + line + PLAIN : line);
  }

  private void print(String bytes) {
    terminal.print(bytes);
    terminal.flush();
  }
}
