package io.codeploy.multiquery.ssh.curve;

import java.security.SecureRandom;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;

/** The key exchange of RFC 8731 under its two names. */
public enum Curve25519Factory implements DHFactory {
  CURVE25519_SHA256("curve25519-sha256"),
  CURVE25519_SHA256_LIBSSH("curve25519-sha256@libssh.org");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String wireName;

  Curve25519Factory(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String getName() {
    return wireName;
  }

  @Override
  public boolean isSupported() {
    return true;
  }

  @Override
  public boolean isGroupExchange() {
    return false;
  }

  @Override
  public AbstractDH create(Object... parameters) {
    return Curve25519.alone(RANDOM);
  }
}
