package io.codeploy.multiquery.ssh.curve;

import java.security.SecureRandom;
import java.util.Arrays;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.CurveSizeIndicator;
import org.apache.sshd.common.util.buffer.Buffer;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * One key exchange over Curve25519 with SHA-256 (RFC 7748, RFC 8731). Ends with an error where the
 * other side's key has another length than 32 bytes or leads to the secret of all zeros.
 */
public class Curve25519 extends AbstractDH implements CurveSizeIndicator {
  private final SecureRandom random;
  private final Form form;
  private final byte[] own = new byte[X25519.SCALAR_SIZE];
  private byte[] other = {};

  /** How the secret goes on. */
  private enum Form {
    /** As the bytes of a number, without leading zeros. */
    NUMBER,
    /** As its 32 bytes. */
    BYTES
  }

  private Curve25519(SecureRandom random, Form form) {
    this.random = random;
    this.form = form;
  }

  /** The half of a hybrid exchange, whose secret stays as it is. */
  protected Curve25519(SecureRandom random) {
    this(random, Form.BYTES);
  }

  /** An exchange of its own. */
  static Curve25519 alone(SecureRandom random) {
    return new Curve25519(random, Form.NUMBER);
  }

  @Override
  public int getByteLength() {
    return X25519.POINT_SIZE;
  }

  @Override
  public Digest getHash() {
    return BuiltinDigests.sha256.create();
  }

  @Override
  protected byte[] calculateE() {
    X25519.generatePrivateKey(random, own);
    byte[] point = new byte[X25519.POINT_SIZE];
    X25519.generatePublicKey(own, 0, point, 0);
    return point;
  }

  @Override
  public void setF(byte[] theirs) {
    other = theirs.clone();
  }

  /** Keys are strings of the protocol, where other exchanges have numbers. */
  @Override
  public void putE(Buffer buffer, byte[] point) {
    buffer.putBytes(point);
  }

  @Override
  public void putF(Buffer buffer, byte[] point) {
    buffer.putBytes(point);
  }

  @Override
  protected byte[] calculateK() throws SshException {
    byte[] secret = new byte[X25519.POINT_SIZE];
    boolean agreed =
        other.length == X25519.POINT_SIZE && X25519.calculateAgreement(own, 0, other, 0, secret, 0);
    Arrays.fill(own, (byte) 0);
    if (!agreed) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED,
          "the server's key for curve25519 is none");
    }
    return form == Form.BYTES ? secret : stripLeadingZeroes(secret);
  }
}
