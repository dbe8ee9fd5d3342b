package io.codeploy.multiquery.ssh;

import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.apache.sshd.common.kex.MontgomeryCurve;
import org.apache.sshd.common.kex.XDH;

/**
 * The key exchange {@code mlkem768x25519-sha256} (draft-ietf-sshm-mlkem-hybrid-kex): safe as long
 * as one of its two halves is. OpenSSH has it since 9.9.
 */
enum PostQuantum implements DHFactory {
  MLKEM768_X25519;

  @Override
  public String getName() {
    return "mlkem768x25519-sha256";
  }

  @Override
  public boolean isSupported() {
    return MlKem768.isSupported() && MontgomeryCurve.x25519.isSupported();
  }

  @Override
  public boolean isGroupExchange() {
    return false;
  }

  @Override
  public AbstractDH create(Object... parameters) throws Exception {
    return new Hybrid();
  }

  private static final class Hybrid extends XDH {
    Hybrid() throws Exception {
      super(MontgomeryCurve.x25519, true);
    }

    @Override
    public Digest getHash() {
      return BuiltinDigests.sha256.create();
    }

    @Override
    public KeyEncapsulationMethod getKeyEncapsulation() {
      return MlKem768.INSTANCE;
    }
  }
}
