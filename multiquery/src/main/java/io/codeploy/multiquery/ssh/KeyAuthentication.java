package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.ssh.call.Causes;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Login by public key with the keys of the session's {@link Attempt}. Signing happens on a virtual
 * thread, because an agent may take its time (a hardware key waits for a finger) and an I/O thread
 * must not.
 */
final class KeyAuthentication extends UserAuthPublicKey {
  /** Makes one per session. */
  static final class Factory extends UserAuthPublicKeyFactory {
    @Override
    public UserAuthPublicKey createUserAuth(ClientSession session) {
      return new KeyAuthentication(Attempt.of(session).offered().publicKeys());
    }
  }

  private KeyAuthentication(List<NamedFactory<Signature>> signatures) {
    super(signatures);
  }

  @Override
  protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
      ClientSession session, SignatureFactoriesManager manager) {
    return Attempt.of(session).offer().identities(session, manager).iterator();
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
