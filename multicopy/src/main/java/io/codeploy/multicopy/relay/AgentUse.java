package io.codeploy.multicopy.relay;

/** Which agents may carry. Each may do what those before it may. */
public enum AgentUse {
  /** Those that run. */
  RUNNING,
  /** They are started where they are installed. */
  START,
  /** They are installed where what is copied is larger than they are. */
  INSTALL
}
