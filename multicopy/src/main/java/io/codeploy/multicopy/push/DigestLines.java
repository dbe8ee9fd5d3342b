package io.codeploy.multicopy.push;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes lines of {@code sha256sum} as they come; any other line is nothing. */
final class DigestLines extends OutputStream {
  private static final int LIMIT_BYTES = 64 << 10;
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)", Pattern.DOTALL);

  private final BiConsumer<String, String> action;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param action gets a name, in wire form, and its digest
   */
  DigestLines(BiConsumer<String, String> action) {
    this.action = action;
  }

  @Override
  public void write(int b) {
    if (b != '\n') {
      // A line of such a length is none of ours; its rest is another.
      if (line.size() == LIMIT_BYTES) {
        line.reset();
      }
      line.write(b);
      return;
    }
    Matcher match = LINE.matcher(line.toString(StandardCharsets.ISO_8859_1));
    if (match.matches()) {
      action.accept(match.group(2), match.group(1));
    }
    line.reset();
  }
}
