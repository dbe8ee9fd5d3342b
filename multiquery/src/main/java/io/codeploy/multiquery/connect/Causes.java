package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** What was thrown: for people, and what is behind it. */
public final class Causes {
  private Causes() {}

  /** The innermost message on one line; the class where there is none. */
  public static String text(Throwable thrown) {
    String text = thrown.getMessage();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      text = t.getMessage() == null ? text : t.getMessage();
    }
    return text == null || text.isBlank()
        ? thrown.getClass().getSimpleName()
        : text.replaceAll("\\s+", " ").strip();
  }

  /**
   * Whether an interruption is behind it, in whatever disguise: libraries wrap it into {@code
   * InterruptedIOException}, at times twice, and clear the thread's flag. A socket's time-out is of
   * the same type and is none.
   */
  public static boolean isInterruption(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      boolean disguised =
          t instanceof InterruptedIOException
              && !(t instanceof SocketTimeoutException)
              && t.getCause() == null;
      if (t instanceof InterruptedException
          || t instanceof ClosedByInterruptException
          || disguised) {
        return true;
      }
    }
    return false;
  }

  /** A command's output came and could not be kept here; itself if it is a node's failure. */
  public static NodeFailedException outputLost(IOException thrown) {
    return lost("the output of the command could not be kept: ", thrown);
  }

  /** What a command is to read could not be read here; itself if it is a node's failure. */
  public static NodeFailedException inputLost(IOException thrown) {
    return lost("the input of the command could not be read: ", thrown);
  }

  private static NodeFailedException lost(String what, IOException thrown) {
    return thrown instanceof NodeFailedException failed
        ? failed
        : new NodeFailedException(new NodeFailure.RemoteFailure(what + text(thrown)), thrown);
  }
}
