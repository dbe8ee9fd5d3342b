package io.codeploy.agent.plan;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.MalformedManifestException;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
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

  /**
   * A manifest that was deployed.
   *
   * @param digest of its encoded form
   */
  public record Recorded(Digest digest, Manifest manifest) {
    public Recorded {
      Objects.requireNonNull(digest, "digest is null");
      Objects.requireNonNull(manifest, "manifest is null");
    }
  }

  /** The last deployment to {@code remoteDir}, an absolute path. */
  public Optional<Recorded> last(Path remoteDir) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file(remoteDir));
      return Optional.of(new Recorded(Digest.of(bytes), ManifestCodec.decode(bytes)));
    } catch (NoSuchFileException | MalformedManifestException e) {
      return Optional.empty();
    }
  }

  /** Replaces the record of {@code remoteDir}, at once and as a whole. */
  public void save(Path remoteDir, Manifest manifest) throws IOException {
    Path file = file(remoteDir);
    Files.createDirectories(file.getParent());
    AtomicFile.write(file, ManifestCodec.encode(manifest));
  }

  private Path file(Path remoteDir) {
    byte[] path = remoteDir.toString().getBytes(StandardCharsets.UTF_8);
    return directory.resolve(Digest.of(path).toString()).resolve("manifest");
  }
}
