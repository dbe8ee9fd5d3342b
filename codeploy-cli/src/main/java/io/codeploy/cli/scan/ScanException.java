package io.codeploy.cli.scan;

import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;

/** A tree that cannot be scanned; the message is one line that says what, where, and a remedy. */
public final class ScanException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public ScanException(String message) {
    super(message);
  }

  /** What to tell of an entry of the tree that {@code verb}, such as "read", fails on. */
  static ScanException unreadable(String verb, Path entry, Exception e) {
    String why =
        switch (e) {
          case AccessDeniedException denied -> "permission denied";
          case DirectoryIteratorException listing -> String.valueOf(listing.getCause());
          default -> e.toString();
        };
    return new ScanException(
        "cannot %s %s: %s; make it readable or --exclude it".formatted(verb, entry, why), e);
  }

  public ScanException(String message, Throwable cause) {
    super(message, cause);
  }
}
