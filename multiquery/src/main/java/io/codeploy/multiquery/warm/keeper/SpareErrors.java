package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes on what a spare's command says, unless it is the word of a spare that has run nothing; as
 * long as it may become that, it is kept back. One thread writes; another asks when that is over.
 */
final class SpareErrors extends ArrayOutput {
  private final OutputStream to;
  private final byte[] word;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private volatile boolean passing;

  SpareErrors(OutputStream to, String word) {
    this.to = to;
    this.word = word.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (passing) {
      to.write(bytes, offset, count);
      return;
    }
    head.write(bytes, offset, count);
    byte[] so = head.toByteArray();
    if (so.length > word.length || !Arrays.equals(so, 0, so.length, word, 0, so.length)) {
      passing = true;
      to.write(so);
    }
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }

  /** Nothing more comes: whether it was the word, which is forgotten then. */
  boolean takeUnused() {
    boolean unused = !passing && head.size() == word.length;
    if (unused) {
      head.reset();
    }
    return unused;
  }

  /** Nothing more comes: passes on what was kept back. What it goes to stays open. */
  @Override
  public void close() throws IOException {
    if (!passing) {
      passing = true;
      to.write(head.toByteArray());
      to.flush();
    }
  }
}
