package io.codeploy.multiquery.ssh.config;

/** What to do about the key that a host shows. Revoked keys are refused under every policy. */
public enum HostKeyPolicy {
  /** A host without a known key is believed and remembered; a changed key is refused. */
  ACCEPT_NEW,
  /** Only keys that known_hosts lists are believed. */
  STRICT,
  /**
   * Any key is believed. One of a host without a known key is remembered, a changed one is warned
   * of. For throw-away machines only.
   */
  OFF
}
