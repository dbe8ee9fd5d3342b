package io.codeploy.multiquery.command;

/** The user's mistake; the message is one line that says what, and what to do. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
