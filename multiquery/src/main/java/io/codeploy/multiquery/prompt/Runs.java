package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.util.List;

/** What runs commands for a prompt and shows what comes of them. */
public interface Runs {
  /**
   * Runs {@code command} on {@code nodes} with view and limits of {@code state}, and shows it.
   * Interrupted, it ends soon, and the thread is interrupted on return.
   *
   * @throws IOException if something on this machine prevents it; one line for people
   */
  LastRun run(String command, List<Node> nodes, PromptState state) throws IOException;

  /** Has the next use of {@code nodes} connect anew. */
  void reconnect(List<Node> nodes);
}
