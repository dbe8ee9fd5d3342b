package io.codeploy.agent.plan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** The one line that tells a user of an I/O error at a path. */
public final class IoProblem {
  private IoProblem() {}

  /** Such as {@code lib/a.so: permission denied; give the login write access to it}. */
  public static String line(String path, IOException e) {
    return path + ": " + reason(e);
  }

  /** The same without the path. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied; give the login access to it or remove it";
    }
    if (e instanceof NoSuchFileException) {
      return "not there, or cannot be made there; choose another directory or deploy again";
    }
    if (e instanceof NotDirectoryException) {
      return "is no directory any more; remove it on the node";
    }
    if (e instanceof DirectoryNotEmptyException || e instanceof FileAlreadyExistsException) {
      return "something appeared there meanwhile; remove it on the node or deploy again";
    }
    return ofTheDisk(text(e));
  }

  private static String ofTheDisk(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left on device")) {
      return "no space left on the node's disk; free some and deploy again";
    }
    if (lower.contains("quota exceeded")) {
      return "the login's disk quota is exceeded; free some space and deploy again";
    }
    if (lower.contains("read-only file system")) {
      return "the file system is read-only; mount it writable or choose another directory";
    }
    if (lower.contains("cross-device link")) {
      return "another file system is mounted there; deploy to it by itself, and exclude it here";
    }
    if (lower.contains("resource busy")) {
      return "something is mounted there; unmount or exclude it";
    }
    if (lower.contains("operation not permitted")) {
      return "operation not permitted; see to its owner and attributes (ls -l, lsattr) on the node";
    }
    return text.replace('\n', ' ');
  }

  private static String text(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
