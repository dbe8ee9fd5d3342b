package io.codeploy.agent.control;

/**
 * How a manifest is applied.
 *
 * @param delete remove what lies below the remote directory and is not in the manifest
 * @param checksum read every file instead of trusting size and mtime of the last deployment's
 *     record
 */
public record DeployOptions(boolean delete, boolean checksum) {}
