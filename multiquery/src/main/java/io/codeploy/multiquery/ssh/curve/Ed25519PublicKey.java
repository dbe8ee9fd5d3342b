package io.codeploy.multiquery.ssh.curve;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * A public key of Ed25519 as it is on the wire; whether it is a point of the curve shows when a
 * signature is checked. Equal to the JDK's key of the same bytes.
 */
public final class Ed25519PublicKey implements EdECPublicKey {
  private static final long serialVersionUID = 1;

  private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] point;

  private Ed25519PublicKey(byte[] point) {
    this.point = point;
  }

  /** The key that is these 32 bytes. */
  public static Ed25519PublicKey of(byte[] point) throws InvalidKeyException {
    if (point.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw new InvalidKeyException("an Ed25519 key has 32 bytes, not " + point.length);
    }
    return new Ed25519PublicKey(point.clone());
  }

  /** The key that belongs to the private key with these 32 bytes. */
  public static Ed25519PublicKey ofSeed(byte[] seed) throws InvalidKeyException {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new InvalidKeyException("an Ed25519 key has 32 bytes, not " + seed.length);
    }
    byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, point, 0);
    return new Ed25519PublicKey(point);
  }

  @Override
  public String getAlgorithm() {
    return "EdDSA";
  }

  @Override
  public String getFormat() {
    return "X.509";
  }

  @Override
  public byte[] getEncoded() {
    byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + point.length);
    System.arraycopy(point, 0, encoded, X509_HEAD.length, point.length);
    return encoded;
  }

  @Override
  public NamedParameterSpec getParams() {
    return NamedParameterSpec.ED25519;
  }

  /** Little endian, the last bit tells which x. */
  @Override
  public EdECPoint getPoint() {
    byte[] y = new byte[point.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = point[point.length - 1 - i];
    }
    boolean odd = y[0] < 0;
    y[0] &= 0x7f;
    return new EdECPoint(odd, new BigInteger(1, y));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PublicKey key && Arrays.equals(getEncoded(), key.getEncoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(getEncoded());
  }

  @Override
  public String toString() {
    return "Ed25519 " + HexFormat.of().formatHex(point);
  }
}
