package io.codeploy.chunkcache.manifest;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * Checks signed roots. Their form, a root followed by its Ed25519 signature, is the page {@code
 * signed-root.md} of {@code docs/formats}; {@link DeploymentKey} makes them.
 */
public final class SignedRoot {
  /** The longest one: that of the longest manifest has about 100 KB. */
  static final int MAX_BYTES = 4 << 20;

  static final String ALGORITHM = "Ed25519";
  private static final int SIGNATURE_BYTES = 64;

  private SignedRoot() {}

  /**
   * The root that is in {@code signed}, once the signature holds; nothing is read from it before.
   *
   * @param publicKey X.509 encoding of the deployment's key, from a source that is trusted
   * @throws MalformedManifestException if the signature does not hold, or {@code signed} or {@code
   *     publicKey} is not what it should be
   */
  public static ManifestRoot verify(byte[] signed, byte[] publicKey)
      throws MalformedManifestException {
    int length = signed.length - SIGNATURE_BYTES;
    if (length < 0 || signed.length > MAX_BYTES) {
      throw new MalformedManifestException("a signed root of " + signed.length + " bytes");
    }
    if (!holds(signed, length, publicKey)) {
      throw new MalformedManifestException(
          "the manifest's signature is not by this deployment's key");
    }
    return RootCodec.decode(ByteBuffer.wrap(signed, 0, length));
  }

  private static boolean holds(byte[] signed, int length, byte[] publicKey)
      throws MalformedManifestException {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(signed, 0, length);
      return signature.verify(signed, length, SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new MalformedManifestException("not an Ed25519 key with its signature", e);
    }
  }
}
