package io.codeploy.cli.fleet;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes on what a script prints, and tells once that it has said that something has come. Looks at
 * each byte about once, in whatever pieces they come. Written to by one thread.
 */
final class Heard extends ArrayOutput {
  private static final String ARRIVED = "@@codeploy-arrived\n";

  private final OutputStream out;
  private final Runnable arrived;
  private boolean told;

  /** What may be the beginning of the words: less than they have. */
  private String last = "";

  Heard(OutputStream out, Runnable arrived) {
    this.out = out;
    this.arrived = arrived;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (!told) {
      String text = last + new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
      told = text.contains(ARRIVED);
      last = text.substring(Math.max(0, text.length() - ARRIVED.length() + 1));
      if (told) {
        arrived.run();
      }
    }
  }
}
