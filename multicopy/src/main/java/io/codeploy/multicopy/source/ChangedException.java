package io.codeploy.multicopy.source;

import java.io.IOException;

/** A file is not what it was when its source was listed. */
public final class ChangedException extends IOException {
  private static final long serialVersionUID = 1;

  public ChangedException(SourceEntry file) {
    super(file.path() + ": changed while it was sent; copy again");
  }
}
