package io.codeploy.agent.daemon;

import java.io.IOException;
import java.nio.file.Path;

/** Another agent has the directory. */
final class AgentRunsException extends IOException {
  private static final long serialVersionUID = 1;

  AgentRunsException(Path dir) {
    super("an agent runs in " + dir + " already; stop it first or choose another directory");
  }
}
