package io.codeploy.agent.control;

import java.io.IOException;

/** Bytes that are no message between controller and agent; the message says where and why. */
public final class MalformedMessageException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedMessageException(String message) {
    super(message);
  }

  public MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
