package io.codeploy.cli.deploy;

import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.manifest.DeploymentKey;
import io.codeploy.chunkcache.manifest.ManifestRoot;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What vouches for one deployment.
 *
 * @param deployment 32 hexadecimal digits, new for each run
 * @param token that agents show each other and the embedded origin
 * @param signedRoot binary form, base64
 * @param publicKey of the key that signed it and is gone by now; X.509 encoding, base64
 */
public record Credentials(
    String deployment, BearerToken token, String signedRoot, String publicKey) {
  public Credentials {
    Objects.requireNonNull(deployment, "deployment is null");
    Objects.requireNonNull(token, "token is null");
    Objects.requireNonNull(signedRoot, "signedRoot is null");
    Objects.requireNonNull(publicKey, "publicKey is null");
  }

  /** Signs {@code root} with a key that is made for this deployment and forgotten at once. */
  public static Credentials issue(ManifestRoot root, BearerToken token, SecureRandom random) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    DeploymentKey key = DeploymentKey.generate();
    Base64.Encoder base64 = Base64.getEncoder();
    return new Credentials(
        HexFormat.of().formatHex(id),
        token,
        base64.encodeToString(key.sign(root)),
        base64.encodeToString(key.publicKey()));
  }
}
