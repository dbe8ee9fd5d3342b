package io.codeploy.multiquery.ssh.key;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.session.SessionContext;

/**
 * A key that an agent signs with, and what the server is shown.
 *
 * @param shown the key, or a certificate of it that the agent need not have
 */
record AgentKey(PublicKey key, PublicKey shown) {
  /** Ways to show {@code key}: those of {@code certificates} that certify it, then itself. */
  static List<AgentKey> of(PublicKey key, List<PublicKey> certificates) {
    return Stream.concat(
            certificates.stream().filter(one -> PublicKeys.certifies(one, key)), Stream.of(key))
        .map(shown -> new AgentKey(key, shown))
        .toList();
  }

  /** For MINA, which wants a signature called as it asked for it. */
  PublicKeyIdentity by(UnixAgent agent) {
    return new PublicKeyIdentity() {
      @Override
      public KeyPair getKeyIdentity() {
        return new KeyPair(shown, null);
      }

      @Override
      public Map.Entry<String, byte[]> sign(SessionContext session, String algorithm, byte[] data)
          throws Exception {
        String ofKey = shown == key ? algorithm : KeyUtils.getSignatureAlgorithm(algorithm, shown);
        return Map.entry(algorithm, agent.sign(session, key, ofKey, data).getValue());
      }
    };
  }
}
