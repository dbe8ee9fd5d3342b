package io.codeploy.multiquery.connect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * What is wrong with a file, for people: the JDK tells it by the class, and by the name alone; the
 * system by words alone.
 */
public final class FileTrouble {
  private FileTrouble() {}

  /** The message of {@code thrown}, with what its class says where it says nothing else. */
  public static String text(IOException thrown) {
    return saysTheNameAlone(thrown)
        ? thrown.getMessage() + ": " + reason(thrown)
        : String.valueOf(thrown.getMessage());
  }

  /** What the class says, where the message is the name alone; otherwise the message. */
  public static String reason(IOException thrown) {
    if (!saysTheNameAlone(thrown)) {
      return String.valueOf(thrown.getMessage());
    }
    return switch (thrown) {
      case NoSuchFileException missing -> "there is no such file or directory";
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException there -> "it is there already";
      case NotDirectoryException file -> "not a directory";
      default -> thrown.getClass().getSimpleName();
    };
  }

  /** {@code thrown} with the path, which the words of a system or a server lack. */
  public static FileSystemException named(Path path, IOException thrown) {
    if (thrown instanceof FileSystemException tells) {
      return tells;
    }
    FileSystemException named = new FileSystemException(path.toString(), null, thrown.getMessage());
    named.initCause(thrown);
    return named;
  }

  private static boolean saysTheNameAlone(IOException thrown) {
    return thrown instanceof FileSystemException e && e.getReason() == null;
  }
}
