package io.codeploy.chunkcache.proxy;

import java.io.IOException;

/** Somebody has answered, and it is not what was hoped for. */
final class TroubleException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What it means. */
  enum Kind {
    /** Ask again. */
    BUSY,
    /** There is another version of the file, or none any more. */
    CHANGED,
    /** Ask somebody else. */
    FAILED
  }

  private final Kind kind;

  TroubleException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** The same, as of the calling thread. */
  TroubleException again() {
    TroubleException same = new TroubleException(kind, String.valueOf(getMessage()));
    same.initCause(this);
    return same;
  }
}
