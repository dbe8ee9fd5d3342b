package io.codeploy.multicopy.pull;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;

/** What of one node did not arrive while the rest did. One thread. */
final class Problems {
  private String first = "";
  private int count;

  /**
   * {@code what} did not arrive.
   *
   * @param what a path or a pattern, for people
   * @param reason in a few words
   */
  void add(String what, String reason) {
    add(what + ": " + reason, 1);
  }

  /** {@code more} did not arrive; of one of them {@code said} tells. */
  void add(String said, int more) {
    if (count == 0) {
      first = said;
    }
    count += more;
  }

  /** Whether all is well so far. */
  boolean none() {
    return count == 0;
  }

  /**
   * Ends the node's copy where there was a problem.
   *
   * @param arrived whether there is a rest
   */
  void check(boolean arrived) throws NodeFailedException {
    if (count == 0) {
      return;
    }
    String others = count == 1 ? "" : "; %d in all did not arrive".formatted(count);
    throw failure(first + others + (arrived ? "; the rest did" : ""));
  }

  /** The node failed at what was asked of it. */
  static NodeFailedException failure(String said) {
    return new NodeFailedException(new NodeFailure.RemoteFailure(said));
  }
}
