package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;

/** What was thrown, for people. */
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
