package io.codeploy.multiquery.ssh.call;

import java.util.Objects;

/** What was thrown, for people. */
public final class Causes {
  private Causes() {}

  /** The innermost message on one line; the class where there is none. */
  public static String text(Throwable thrown) {
    String text = thrown.getMessage();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      text = Objects.requireNonNullElse(t.getMessage(), text);
    }
    return text == null || text.isBlank()
        ? thrown.getClass().getSimpleName()
        : text.replaceAll("\\s+", " ").strip();
  }
}
