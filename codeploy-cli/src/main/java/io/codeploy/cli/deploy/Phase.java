package io.codeploy.cli.deploy;

/** The steps of a run, in order. */
public enum Phase {
  /** The tree is read, as far as it changed. */
  SCAN,
  /** Nodes are connected to and get an agent. */
  AGENTS,
  /** Agents try whether they reach the origin. */
  ORIGIN,
  /** Agents fetch and apply. */
  TRANSFER
}
