package io.codeploy.multiquery.ssh.curve;

import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.Signature;

/** Ed25519 as it is negotiated: of bare keys and of keys with a certificate. */
public enum Ed25519Factory implements NamedFactory<Signature> {
  PLAIN(KeyPairProvider.SSH_ED25519),
  CERTIFICATE(KeyPairProvider.SSH_ED25519_CERT);

  private final String wireName;

  Ed25519Factory(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String getName() {
    return wireName;
  }

  @Override
  public Signature create() {
    return new Ed25519Signature();
  }
}
