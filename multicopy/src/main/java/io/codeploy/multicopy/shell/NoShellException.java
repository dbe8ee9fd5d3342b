package io.codeploy.multicopy.shell;

import java.io.IOException;

/** A node does not run our scripts, or lacks what they need; another way has to be taken. */
public final class NoShellException extends IOException {
  private static final long serialVersionUID = 1;

  public NoShellException(String message) {
    super(message);
  }

  public NoShellException(String message, Throwable cause) {
    super(message, cause);
  }
}
