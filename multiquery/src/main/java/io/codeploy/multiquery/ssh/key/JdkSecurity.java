package io.codeploy.multiquery.ssh.key;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/**
 * Tells MINA to use the JDK's security providers and no other.
 *
 * <p>MINA looks for Bouncy Castle and i2p by name when its security class is first touched, and
 * only a system property stops it. With Bouncy Castle's provider it would negotiate a key exchange
 * that costs ten times as much. Hence {@link #register} before anything else of MINA.
 */
public final class JdkSecurity extends AbstractSecurityProviderRegistrar {
  private static final String NAME = "JDK";
  private static final String EDDSA_PROVIDER = "SunEC";

  private JdkSecurity() {
    super(NAME);
  }

  /** Idempotent. */
  public static void register() {
    System.setProperty("org.apache.sshd.security.registrars", "none");
    SecurityUtils.registerSecurityProvider(new JdkSecurity());
  }

  /**
   * One that is there: for one that is not, the JDK would load all that it has, and open every jar.
   */
  @Override
  public String getProviderName() {
    return EDDSA_PROVIDER;
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public boolean isSupported() {
    return Security.getProvider(EDDSA_PROVIDER) != null;
  }

  @Override
  public Provider getSecurityProvider() {
    return Security.getProvider(EDDSA_PROVIDER);
  }

  /** Nothing is claimed: the JDK's own order of providers decides. */
  @Override
  public boolean isSecurityEntitySupported(Class<?> entityType, String name) {
    return false;
  }

  @Override
  public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
    return Optional.of(new Ed25519Support());
  }
}
