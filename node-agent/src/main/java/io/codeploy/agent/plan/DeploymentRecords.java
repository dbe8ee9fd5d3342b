package io.codeploy.agent.plan;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.MalformedManifestException;
import io.codeploy.chunkcache.manifest.WholeManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was last deployed where: {@code <agent dir>/deployed/<key>/manifest}, the encoded manifest
 * of the last deployment that succeeded, {@code key} being the SHA-256 of the remote directory's
 * absolute path in UTF-8. A record that is damaged counts as none, which costs checksums only.
 */
public final class DeploymentRecords {
  private final Path directory;

  /** The records of the agent in {@code agentDir}. */
  public DeploymentRecords(Path agentDir) {
    this.directory = agentDir.resolve("deployed");
  }

  /** The last deployment to {@code remoteDir}, an absolute path. */
  public Optional<WholeManifest> last(Path remoteDir) throws IOException {
    try {
      return Optional.of(WholeManifest.of(Files.readAllBytes(file(remoteDir))));
    } catch (NoSuchFileException | MalformedManifestException e) {
      return Optional.empty();
    }
  }

  /** Replaces the record of {@code remoteDir}, at once and as a whole. */
  public void save(Path remoteDir, WholeManifest manifest) throws IOException {
    Path file = file(remoteDir);
    Files.createDirectories(file.getParent());
    AtomicFile.write(file, manifest.bytes());
  }

  private Path file(Path remoteDir) {
    byte[] path = remoteDir.toString().getBytes(StandardCharsets.UTF_8);
    return directory.resolve(Digest.of(path).toString()).resolve("manifest");
  }
}
