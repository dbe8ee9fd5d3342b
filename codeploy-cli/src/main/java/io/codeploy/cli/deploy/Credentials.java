package io.codeploy.cli.deploy;

import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.manifest.DeploymentKey;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What vouches for one deployment, and its manifest where that is small.
 *
 * @param deployment 32 hexadecimal digits, new for each run
 * @param token that agents show each other and the embedded origin
 * @param signedRoot binary form, base64
 * @param publicKey of the key that signed it and is gone by now; X.509 encoding, base64
 * @param manifest its chunks in transported form, base64; none when nodes are to fetch them
 */
public record Credentials(
    String deployment,
    BearerToken token,
    String signedRoot,
    String publicKey,
    List<String> manifest) {
  /** A larger manifest goes from node to node; this goes to each over SSH. */
  private static final int MAX_MANIFEST_BYTES = 4 << 10;

  public Credentials {
    Objects.requireNonNull(deployment, "deployment is null");
    Objects.requireNonNull(token, "token is null");
    Objects.requireNonNull(signedRoot, "signedRoot is null");
    Objects.requireNonNull(publicKey, "publicKey is null");
    manifest = List.copyOf(manifest);
  }

  /** Signs the root with a key that is made for this deployment and forgotten at once. */
  public static Credentials issue(
      EncodedManifest manifest, BearerToken token, SecureRandom random) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    DeploymentKey key = DeploymentKey.generate();
    Base64.Encoder base64 = Base64.getEncoder();
    return new Credentials(
        HexFormat.of().formatHex(id),
        token,
        base64.encodeToString(key.sign(manifest.root())),
        base64.encodeToString(key.publicKey()),
        isSmall(manifest) ? manifest.chunks().stream().map(Credentials::text).toList() : List.of());
  }

  private static boolean isSmall(EncodedManifest manifest) {
    return manifest.chunks().stream().mapToInt(chunk -> chunk.ref().transportedLength()).sum()
        <= MAX_MANIFEST_BYTES;
  }

  private static String text(EncodedChunk chunk) {
    byte[] bytes = new byte[chunk.ref().transportedLength()];
    chunk.transported().duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
