package io.codeploy.cli.origin;

import java.io.Serial;

/** A URL that cannot be an origin; the message is one line that says why, and a remedy. */
public final class OriginException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public OriginException(String message) {
    super(message);
  }

  public OriginException(String message, Throwable cause) {
    super(message, cause);
  }
}
