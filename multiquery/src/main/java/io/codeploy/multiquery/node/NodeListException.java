package io.codeploy.multiquery.node;

import java.io.IOException;

/** A node list cannot be used. The message names the file, the line and what is wrong there. */
public final class NodeListException extends IOException {
  private static final long serialVersionUID = 1;

  NodeListException(String message) {
    super(message);
  }

  NodeListException(String message, Throwable cause) {
    super(message, cause);
  }
}
