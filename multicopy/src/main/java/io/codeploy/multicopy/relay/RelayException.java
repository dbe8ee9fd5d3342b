package io.codeploy.multicopy.relay;

/** Something cannot be relayed; the message says why, in a line. */
public final class RelayException extends Exception {
  private static final long serialVersionUID = 1;

  public RelayException(String message) {
    super(message);
  }

  public RelayException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Why. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
