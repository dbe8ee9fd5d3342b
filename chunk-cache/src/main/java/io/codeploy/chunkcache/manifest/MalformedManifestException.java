package io.codeploy.chunkcache.manifest;

import java.io.IOException;

/** Bytes that are no manifest or no signed root, or that break one of its limits. */
public final class MalformedManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedManifestException(String message) {
    super(message);
  }

  public MalformedManifestException(String message, Throwable cause) {
    super(message, cause);
  }
}
