package io.codeploy.multiquery.warm.wire;

import java.io.IOException;

/** A keeper is there and does not answer in time: it is stopped, or its machine very busy. */
public final class SilentKeeperException extends IOException {
  private static final long serialVersionUID = 1;

  SilentKeeperException(IOException cause) {
    super("the keeper of sessions does not answer", cause);
  }
}
