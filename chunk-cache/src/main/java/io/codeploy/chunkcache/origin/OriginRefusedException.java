package io.codeploy.chunkcache.origin;

import java.io.IOException;

/** The origin is alive and will not give what it was asked for: asking again soon is no use. */
public final class OriginRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code message} names the URL, the status and a remedy. */
  public OriginRefusedException(String message) {
    super(message);
  }
}
