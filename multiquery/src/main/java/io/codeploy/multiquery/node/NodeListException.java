package io.codeploy.multiquery.node;

import java.io.IOException;

/** A node list cannot be used. The message names the file, the line and what is wrong there. */
public final class NodeListException extends IOException {
  private static final long serialVersionUID = 1;

  public NodeListException(String message) {
    super(message);
  }

  public NodeListException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same problem, said to be at {@code place}. */
  public NodeListException at(String place) {
    return new NodeListException(place + ": " + getMessage(), this);
  }
}
