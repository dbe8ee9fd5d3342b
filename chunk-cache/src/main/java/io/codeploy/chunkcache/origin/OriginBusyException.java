package io.codeploy.chunkcache.origin;

import java.io.IOException;
import java.time.Duration;

/** The origin is alive and asks to come back later. */
public final class OriginBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Duration retryAfter;

  /** {@code message} names the URL. */
  public OriginBusyException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long the origin wants to be left alone. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
