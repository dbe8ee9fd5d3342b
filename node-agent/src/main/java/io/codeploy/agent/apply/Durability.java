package io.codeploy.agent.apply;

/** What becomes of new files when the node loses its power. */
public enum Durability {
  /** The disk has them before the first one is switched. */
  FORCED,
  /** They may be lost: whoever has asked for them does without. */
  CACHED
}
