package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes what {@code sha256sum} prints for paths, in their order: the sum, two signs, the path.
 * GNU's puts a backslash before a line whose path is written with escapes; busybox's breaks the
 * line where the path does, so that the first line of a path has to be enough to know it.
 */
final class Sums extends OutputStream {
  private static final int SUM_CHARS = 64;
  private static final int LINE_BYTES = 64 << 10;
  private static final Pattern LINE = Pattern.compile("[0-9a-f]{64} [ *].*", Pattern.DOTALL);

  private final List<String> paths;
  private final Progress progress;
  private final List<Optional<String>> sums;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int next;

  Sums(List<String> paths, Progress progress) {
    this.paths = paths;
    this.progress = progress;
    this.sums = new ArrayList<>(Collections.nCopies(paths.size(), Optional.empty()));
  }

  /** Whether a line, without a leading backslash, has a sum. */
  static boolean isSum(String line) {
    return LINE.matcher(line).matches();
  }

  /** The sums, one for each path, where there was one. */
  List<Optional<String>> all() {
    return List.copyOf(sums);
  }

  @Override
  public void write(int b) {
    if (b == '\n') {
      take(line.toString(StandardCharsets.ISO_8859_1));
      line.reset();
      progress.step();
    } else if (line.size() < LINE_BYTES) {
      line.write(b);
    }
  }

  private void take(String text) {
    boolean escaped = text.startsWith("\\");
    String plain = escaped ? text.substring(1) : text;
    if (isSum(plain)) {
      String name = plain.substring(SUM_CHARS + 2);
      String wanted = escaped ? unescaped(name) : name;
      for (int i = next; i < paths.size(); i++) {
        String path = paths.get(i);
        if (wanted.equals(escaped ? path : firstLine(path))) {
          sums.set(i, Optional.of(plain.substring(0, SUM_CHARS)));
          next = i + 1;
          return;
        }
      }
    }
  }

  private static String firstLine(String path) {
    int end = path.indexOf('\n');
    return end < 0 ? path : path.substring(0, end);
  }

  private static String unescaped(String name) {
    StringBuilder path = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        i++;
        path.append(
            switch (name.charAt(i)) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> name.charAt(i);
            });
      } else {
        path.append(c);
      }
    }
    return path.toString();
  }
}
