package io.codeploy.multicopy.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The answers of a script: each is {@code <facts and a name>//<link>//} and a newline. No name that
 * {@code find} makes has two slashes in a row, so that a name may hold anything else.
 */
public final class Records {
  private static final int LIMIT_BYTES = 64 << 10;

  /** A line by which a script tells that it is at work. */
  private static final String BUSY = "beat////";

  private static final byte[] LINE_END = {'\n'};
  private static final byte[] HEAD_END = {'/', '/'};
  private static final byte[] LINK_END = {'/', '/', '\n'};

  private final InputStream in;
  private final byte[] buffer = new byte[LIMIT_BYTES];
  private int from;
  private int to;
  private boolean busy;

  /** One answer, in wire form. */
  public record Answer(String head, String link) {}

  /** Reads from {@code in}, which is closed by the caller. */
  public Records(InputStream in) {
    this.in = in;
  }

  /** The next line, without its end; a sign that the node is still busy is none. */
  public String line() throws IOException {
    String line = until(LINE_END);
    while (line.equals(BUSY)) {
      busy = true;
      line = until(LINE_END);
    }
    return line;
  }

  /** Whether there was such a sign before a line. */
  boolean wasBusy() {
    return busy;
  }

  /** The next answer; a sign that the node is still busy is none. */
  public Answer next() throws IOException {
    Answer answer = new Answer(until(HEAD_END), until(LINK_END));
    while (answer.head().equals("beat")) {
      answer = new Answer(until(HEAD_END), until(LINK_END));
    }
    return answer;
  }

  /** Everything that comes after the last answer. */
  public void rest(OutputStream sink) throws IOException {
    sink.write(buffer, from, to - from);
    from = to;
    in.transferTo(sink);
  }

  private String until(byte[] end) throws IOException {
    int looked = 0;
    while (true) {
      int last = to - end.length;
      for (int at = from + looked; at <= last; at++) {
        if (isAt(at, end)) {
          String text = new String(buffer, from, at - from, StandardCharsets.ISO_8859_1);
          from = at + end.length;
          return text;
        }
      }
      looked = Math.max(0, last + 1 - from);
      more();
    }
  }

  private boolean isAt(int at, byte[] end) {
    for (int i = 0; i < end.length; i++) {
      if (buffer[at + i] != end[i]) {
        return false;
      }
    }
    return true;
  }

  private void more() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int n = to == buffer.length ? -1 : in.read(buffer, to, buffer.length - to);
    if (n < 0) {
      throw new IOException("the node's list broke off");
    }
    to += n;
  }
}
