package io.codeploy.multiquery.ssh.curve;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSAUtils;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * One signature of Ed25519 (RFC 8032, RFC 8709), made or checked. Refused are keys that are no
 * point of the curve or one of small order, and an S that is not the smallest.
 */
final class Ed25519Signature implements Signature {
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private byte[] key = {};

  @Override
  public String getAlgorithm() {
    return "Ed25519";
  }

  @Override
  public String getSshAlgorithmName(String algorithm) {
    return KeyPairProvider.SSH_ED25519;
  }

  @Override
  public void initVerifier(SessionContext session, PublicKey publicKey)
      throws GeneralSecurityException {
    key = EdDSAUtils.getBytes(publicKey);
  }

  @Override
  public void initSigner(SessionContext session, PrivateKey privateKey)
      throws GeneralSecurityException {
    key = EdDSAUtils.getBytes(privateKey);
  }

  @Override
  public void update(SessionContext session, byte[] bytes, int offset, int length) {
    message.write(bytes, offset, length);
  }

  @Override
  public boolean verify(SessionContext session, byte[] signature) {
    byte[] bare = unwrap(signature);
    byte[] text = message.toByteArray();
    return key.length == Ed25519.PUBLIC_KEY_SIZE
        && bare.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(bare, 0, key, 0, text, 0, text.length);
  }

  /**
   * The public key goes into the signature, too, and is derived from the private one each time: a
   * wrong one would give the private key away.
   */
  @Override
  public byte[] sign(SessionContext session) throws GeneralSecurityException {
    if (key.length != Ed25519.SECRET_KEY_SIZE) {
      throw new GeneralSecurityException("not an Ed25519 key");
    }
    byte[] text = message.toByteArray();
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(key, 0, text, 0, text.length, signature, 0);
    Arrays.fill(key, (byte) 0);
    return signature;
  }

  /** MINA hands over what is on the wire, the name and the signature, or the bare signature. */
  private static byte[] unwrap(byte[] signature) {
    if (signature.length == Ed25519.SIGNATURE_SIZE) {
      return signature;
    }
    try {
      ByteArrayBuffer buffer = new ByteArrayBuffer(signature);
      boolean right = buffer.getString().equals(KeyPairProvider.SSH_ED25519);
      byte[] bare = buffer.getBytes();
      return right && buffer.available() == 0 ? bare : new byte[0];
    } catch (BufferException e) {
      return new byte[0];
    }
  }
}
