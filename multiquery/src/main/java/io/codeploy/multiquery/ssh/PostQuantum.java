package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.ssh.curve.Curve25519;
import java.security.SecureRandom;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;

/**
 * The key exchange {@code mlkem768x25519-sha256} (draft-ietf-sshm-mlkem-hybrid-kex): safe as long
 * as one of its two halves is. OpenSSH has it since 9.9.
 */
enum PostQuantum implements DHFactory {
  MLKEM768_X25519;

  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public String getName() {
    return "mlkem768x25519-sha256";
  }

  @Override
  public boolean isSupported() {
    return MlKem768.isSupported();
  }

  @Override
  public boolean isGroupExchange() {
    return false;
  }

  @Override
  public AbstractDH create(Object... parameters) {
    return new Hybrid();
  }

  private static final class Hybrid extends Curve25519 {
    Hybrid() {
      super(RANDOM);
    }

    @Override
    public KeyEncapsulationMethod getKeyEncapsulation() {
      return MlKem768.INSTANCE;
    }
  }
}
