package io.codeploy.chunkcache.manifest;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/**
 * The Ed25519 key that vouches for the manifests of one deployment. It lives as long as the
 * deployment, in memory only; its public half travels over SSH. Safe for use by many threads.
 */
public final class DeploymentKey {
  private final KeyPair pair;

  private DeploymentKey(KeyPair pair) {
    this.pair = pair;
  }

  /** A new key, of the platform's secure randomness. */
  public static DeploymentKey generate() {
    try {
      return new DeploymentKey(
          KeyPairGenerator.getInstance(SignedRoot.ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Java has Ed25519 since version 15", e);
    }
  }

  /** The public half, X.509 encoding. */
  public byte[] publicKey() {
    return pair.getPublic().getEncoded();
  }

  /** {@code root} in its binary form with a signature, for {@link SignedRoot#verify}. */
  public byte[] sign(ManifestRoot root) {
    byte[] content = RootCodec.encode(root);
    ByteWriter out = new ByteWriter();
    out.writeBytes(content);
    out.writeBytes(signature(content));
    return out.toBytes();
  }

  private byte[] signature(byte[] content) {
    try {
      Signature signature = Signature.getInstance(SignedRoot.ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a fresh Ed25519 key signs", e);
    }
  }
}
