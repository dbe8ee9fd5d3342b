package io.codeploy.multiquery.command;

/** A directory on nodes, as it is typed. */
public final class DirectoryOnNodes {
  private DirectoryOnNodes() {}

  /**
   * The path that {@code text} means: from the home directory of the login unless absolute, so that
   * a leading {@code ~/} is taken away, with all the slashes that follow.
   *
   * @param what has it, for a complaint
   * @throws UsageException if it is empty, the home directory itself, or in that of another user
   */
  public static String path(String what, String text) throws UsageException {
    if (text.isBlank()) {
      throw new UsageException(what + " is empty; name a directory");
    }
    if (!text.startsWith("~")) {
      return text;
    }
    if (!text.equals("~") && !text.startsWith("~/")) {
      throw new UsageException(
          what + ": no other home directory than ~/ is known; write the path, or ./" + text);
    }
    String below = text.replaceFirst("~/*", "");
    if (below.isBlank()) {
      throw new UsageException(what + " is the home directory; name one below it");
    }
    return below;
  }
}
