package io.codeploy.agent.control;

import java.util.Objects;

/**
 * How a manifest is applied, and what goes with it.
 *
 * @param delete remove what lies below the remote directory and is not in the manifest
 * @param checksum read every file instead of trusting size and mtime of the last deployment's
 *     record
 * @param proxy that the nodes have from now on
 */
public record DeployOptions(boolean delete, boolean checksum, ProxySpec proxy) {
  public DeployOptions {
    Objects.requireNonNull(proxy, "proxy is null");
  }

  /** Those without a proxy. */
  public DeployOptions(boolean delete, boolean checksum) {
    this(delete, checksum, ProxySpec.OFF);
  }
}
