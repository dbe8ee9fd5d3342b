package io.codeploy.multiquery.warm.wire;

import java.io.IOException;

/** The other end does not keep to the format. */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1;

  public ProtocolException(String message) {
    super(message);
  }
}
