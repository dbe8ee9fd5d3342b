package io.codeploy.multicopy.shell;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.io.InterruptedIOException;

/** A node does not run our scripts, or lacks what they need; another way has to be taken. */
public final class NoShellException extends IOException {
  private static final long serialVersionUID = 1;

  public NoShellException(String message) {
    super(message);
  }

  private NoShellException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What it means that a script could not be begun: where the node refuses it, that it has none.
   */
  public static IOException ofRefusal(NodeFailedException failed) {
    return failed.failure() instanceof NodeFailure.RemoteFailure
        ? new NoShellException("commands are refused", failed)
        : failed;
  }

  /** What it means that a script has not given its first answer: that it does not run, mostly. */
  public static IOException ofSilence(IOException thrown) {
    boolean told = thrown instanceof NoShellException || thrown instanceof NodeFailedException;
    return told || thrown instanceof InterruptedIOException
        ? thrown
        : new NoShellException("no shell answers", thrown);
  }
}
