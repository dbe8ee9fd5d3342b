package io.codeploy.agent.control;

import io.codeploy.chunkcache.ignore.IgnorePatterns;
import java.util.List;
import java.util.Objects;

/**
 * How a manifest is applied, and what goes with it.
 *
 * @param delete remove what lies below the remote directory and is not in the manifest
 * @param spared what {@code delete} does not remove, nor what is in it or holds it, in the order in
 *     which it is asked
 * @param checksum read every file instead of trusting size and mtime of the last deployment's
 *     record
 * @param proxy that the nodes have from now on
 * @param caps on what a node takes and sends
 */
public record DeployOptions(
    boolean delete, List<IgnorePatterns> spared, boolean checksum, ProxySpec proxy, Caps caps) {
  public DeployOptions {
    spared = List.copyOf(spared);
    Objects.requireNonNull(proxy, "proxy is null");
    Objects.requireNonNull(caps, "caps is null");
  }

  /** Those that spare nothing. */
  public DeployOptions(boolean delete, boolean checksum, ProxySpec proxy) {
    this(delete, List.of(), checksum, proxy, Caps.NONE);
  }

  /** Those without a proxy. */
  public DeployOptions(boolean delete, boolean checksum) {
    this(delete, checksum, ProxySpec.OFF);
  }

  /** The same with {@code patterns} spared, if anything is deleted at all. */
  public DeployOptions sparing(List<IgnorePatterns> patterns) {
    return delete ? new DeployOptions(true, patterns, checksum, proxy, caps) : this;
  }

  /** The same within {@code limits}. */
  public DeployOptions within(Caps limits) {
    return new DeployOptions(delete, spared, checksum, proxy, limits);
  }
}
