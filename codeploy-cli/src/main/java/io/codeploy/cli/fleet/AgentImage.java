package io.codeploy.cli.fleet;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An archive that becomes {@code image/<name>} of a node's agent directory.
 *
 * @param version of the distribution that it belongs to
 * @param digest of the archive's bytes
 */
public record AgentImage(String version, Digest digest, long archiveBytes, Path archive) {
  public AgentImage {
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(archive, "archive is null");
  }

  /** The name of its directory on a node: another build of the same version is another image. */
  public String name() {
    return version + "-" + digest.shortForm();
  }
}
