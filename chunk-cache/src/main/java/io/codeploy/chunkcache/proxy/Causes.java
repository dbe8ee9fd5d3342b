package io.codeploy.chunkcache.proxy;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** What befell another thread. */
final class Causes {
  private Causes() {}

  /** The same for whoever waited for it. */
  static IOException of(ExecutionException e) {
    if (e.getCause() instanceof TroubleException trouble) {
      return trouble.again();
    }
    if (e.getCause() instanceof IOException io) {
      return new IOException(io.getMessage(), io);
    }
    throw new IllegalStateException(e.getCause());
  }
}
