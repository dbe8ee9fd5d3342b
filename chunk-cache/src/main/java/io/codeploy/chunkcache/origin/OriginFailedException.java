package io.codeploy.chunkcache.origin;

import java.io.IOException;

/** The origin is alive and failed at what it was asked for; it may go better the next time. */
public final class OriginFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code message} names the URL, what came instead and a remedy. */
  public OriginFailedException(String message) {
    super(message);
  }
}
