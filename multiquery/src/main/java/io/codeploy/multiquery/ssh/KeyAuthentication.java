package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.Causes;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Login by public key with the keys of the session's {@link Attempt}. Signing happens on a virtual
 * thread, because an agent may take its time (a hardware key waits for a finger) and an I/O thread
 * must not; but a single Ed25519 key of a file, which takes a tenth of a millisecond, signs at once
 * and unasked.
 */
final class KeyAuthentication extends UserAuthPublicKey {
  /** Makes one per session. */
  static final class Factory extends UserAuthPublicKeyFactory {
    @Override
    public UserAuthPublicKey createUserAuth(ClientSession session) {
      return new KeyAuthentication(Attempt.of(session).offered().publicKeys());
    }
  }

  private boolean begun;

  private KeyAuthentication(List<NamedFactory<Signature>> signatures) {
    super(signatures);
  }

  @Override
  protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
      ClientSession session, SignatureFactoriesManager manager) {
    return Attempt.of(session).offer().identities(session, manager).iterator();
  }

  @Override
  protected boolean sendAuthDataRequest(ClientSession session, String service) throws Exception {
    boolean first = !begun;
    begun = true;
    Optional<KeyPair> only = first ? Attempt.of(session).offer().onlyEd25519() : Optional.empty();
    if (only.isEmpty() || !getSignatureFactoriesNames().contains(KeyPairProvider.SSH_ED25519)) {
      return super.sendAuthDataRequest(session, service);
    }
    return signUnasked(session, service, only.get().getPublic());
  }

  /**
   * Where there is one key to try, whether the server would take it is asked by trying (RFC 4252,
   * section 7): the server's consent, with which MINA goes on to sign, is put in its mouth.
   */
  private boolean signUnasked(ClientSession session, String service, PublicKey key)
      throws Exception {
    current = resolveAttemptedPublicKeyIdentity(session, service);
    chosenAlgorithm = KeyPairProvider.SSH_ED25519;
    Buffer consent = new ByteArrayBuffer();
    consent.putByte(SshConstants.SSH_MSG_USERAUTH_PK_OK);
    consent.putString(chosenAlgorithm);
    consent.putPublicKey(key);
    return super.processAuthDataRequest(session, service, consent);
  }

  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer) {
    // The I/O thread uses the buffer again as soon as this returns.
    Buffer copy = new ByteArrayBuffer(buffer.getCompactData());
    Thread signer = Thread.ofVirtual().name("ssh-sign").start(() -> answer(session, service, copy));
    // An agent that does not answer is left alone as soon as nobody waits for it.
    session.addCloseFutureListener(closed -> signer.interrupt());
    return true;
  }

  private void answer(ClientSession session, String service, Buffer challenge) {
    try {
      super.processAuthDataRequest(session, service, challenge);
    } catch (Exception refused) {
      Attempt.of(session).remark("a key did not sign: " + Causes.text(refused));
      try {
        // As OpenSSH does it: an agent that refuses one key may sign with the next.
        current = null;
        if (!sendAuthDataRequest(session, service)) {
          session.exceptionCaught(new IOException("no key signed", refused));
        }
      } catch (Exception broken) {
        session.exceptionCaught(broken);
      }
    }
  }
}
