package io.codeploy.cli.scan;

import java.io.Serial;

/** A tree that cannot be scanned; the message is one line that says what, where, and a remedy. */
public final class ScanException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public ScanException(String message) {
    super(message);
  }

  public ScanException(String message, Throwable cause) {
    super(message, cause);
  }
}
