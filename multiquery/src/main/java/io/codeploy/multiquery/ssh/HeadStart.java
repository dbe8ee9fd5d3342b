package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.ssh.curve.CurveTables;
import io.codeploy.multiquery.ssh.hostkey.KnownHosts;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.crypto.Cipher;
import org.apache.sshd.common.kex.extension.parser.HostBoundPubkeyAuthentication;
import org.apache.sshd.common.session.helpers.ReservedSessionMessagesHandlerAdapter;

/**
 * Gets ready what every connection needs and no argument changes: security providers, the client's
 * classes, tables of the curve, what a key file is read with. In threads of its own, while the
 * calling one reads arguments and node lists, for which it has no use of a second core. Leaves
 * nothing but what the JVM keeps of it, and says nothing: what does not work is told by who needs
 * it.
 */
public final class HeadStart {
  private final Thread thread;

  private HeadStart(Thread thread) {
    this.thread = thread;
  }

  /** Begins. */
  public static HeadStart begin() {
    return new HeadStart(Thread.ofPlatform().daemon().name("ssh-head-start").start(HeadStart::go));
  }

  /**
   * Waits for the end. Before anything else is done with SSH: two threads that initialise classes
   * which need each other, each beginning with another one, wait for each other for ever. So an
   * interruption does not end it, which is a matter of a tenth of a second, and is kept.
   */
  public void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it is over. */
  boolean over() {
    return !thread.isAlive();
  }

  private static void go() {
    try {
      prepare();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GeneralSecurityException | ExecutionException | RuntimeException | Error e) {
      // Whoever connects meets it again.
    }
  }

  /** Half of it in a thread of its own, since who is waited for leaves a core idle. */
  static void prepare() throws GeneralSecurityException, ExecutionException, InterruptedException {
    JdkSecurity.register();
    FutureTask<PrivateKey> cryptography = new FutureTask<>(HeadStart::cryptography);
    Thread.ofPlatform().daemon().name("ssh-head-start-jdk").start(cryptography);
    try (ClientThreads threads = new ClientThreads(1)) {
      ClientFactory.create(threads, new HostKeyVerifier(new KnownHosts()));
      // What OpenSSH says has these loaded; the server that the start-up caches are trained with
      // does not say it.
      Objects.requireNonNull(HostBoundPubkeyAuthentication.INSTANCE);
      Objects.requireNonNull(ReservedSessionMessagesHandlerAdapter.DEFAULT);
    } finally {
      cryptography.get();
    }
  }

  /**
   * The JDK's and the curve's part: no class of the SSH library, whose initialisation the other
   * thread may be in the middle of.
   */
  private static PrivateKey cryptography() throws GeneralSecurityException {
    Cipher.getInstance("AES/GCM/NoPadding");
    CurveTables.prepare();
    // As a key file is read.
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    PrivateKey any =
        keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, new byte[32]));
    return keys.generatePrivate(new PKCS8EncodedKeySpec(any.getEncoded()));
  }
}
